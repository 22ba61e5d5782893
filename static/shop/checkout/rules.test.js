import assert from 'node:assert/strict';
import { test } from 'node:test';
import { missing, placeBody, placeIntent } from './rules.js';

/** @param {number} id @param {number} num @param {number} left @param {number} price @returns {any} */
const item = (id, num, left, price) => ({ num, available: left >= num, product: { id, name: '' }, sku: { id, product_id: id, price, discount_price: null, num: left, options: {}, currency: 'USD' } });
const all = [item(1, 2, 5, 100), item(2, 1, 5, 50)], some = [item(1, 2, 5, 100), item(2, 1, 0, 50)];

test('a bag that can be had whole is ordered as the bag, so that the shop empties it', () => {
  assert.deepEqual(placeBody(all, 7, true), { address_id: 7, expected_total: 250, from_cart: true });
});

test('what cannot be had stays out of the order', () => {
  assert.deepEqual(placeBody(some, 7, true), { address_id: 7, expected_total: 200, items: [{ sku_id: 1, num: 2 }] });
  assert.deepEqual(placeBody([item(1, 2, 5, 100)], 7, false), { address_id: 7, expected_total: 200, items: [{ sku_id: 1, num: 2 }] });
});

test('another address, sum or line is another order; the same press is the same one', () => {
  const intent = (/** @type {any[]} */ items, /** @type {number} */ address) => placeIntent(placeBody(items, address, true), items.filter((one) => one.available));
  assert.equal(intent(all, 7), intent(all, 7));
  assert.equal(new Set([intent(all, 7), intent(all, 8), intent(some, 7), intent([item(1, 2, 5, 90), all[1]], 7)]).size, 4);
});

test('what is missing is never less than nothing', () => assert.deepEqual([missing(180700, 160000), missing(100, 500)], [20700, 0]));
