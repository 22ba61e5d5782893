import assert from 'node:assert/strict';
import { test } from 'node:test';
import { goodsOf, missing, placeBody, placeIntent, wishKey } from './rules.js';

/** @param {number} id @param {number} num @param {number} left @param {number} price @returns {any} */
const item = (id, num, left, price) => ({ num, available: left >= num, product: { id, name: '' }, sku: { id, product_id: id, price, discount_price: null, num: left, options: {}, currency: 'USD' } });
const all = [item(1, 2, 5, 100), item(2, 1, 5, 50)], some = [item(1, 2, 5, 100), item(2, 1, 0, 50)];
/** @param {number} total @param {string[]} [refused] @returns {any} */
const quote = (total, refused = []) => ({ totals: { total }, promotions: [], rejected_codes: refused.map((code) => ({ code, reason: 'ended' })) });

test('a bag that can be had whole is ordered as the bag, so that the shop empties it', () => {
  assert.deepEqual(goodsOf(all, true), { from_cart: true });
});

test('what cannot be had stays out of the order', () => {
  assert.deepEqual(goodsOf(some, true), { items: [{ sku_id: 1, num: 2 }] });
  assert.deepEqual(goodsOf([item(1, 2, 5, 100)], false), { items: [{ sku_id: 1, num: 2 }] });
});

test('an order is placed at the total of its quote, with the codes and the delivery that the quote takes', () => {
  const body = placeBody({ from_cart: true, address_id: 7, codes: ['SPRING', 'OLD'], delivery_method_id: 9 }, { ...quote(225, ['OLD']), delivery_method_id: 2 });
  assert.deepEqual(body, { from_cart: true, address_id: 7, codes: ['SPRING'], delivery_method_id: 2, expected_total: 225 });
});

test('another address, delivery, sum, code or line is another order; the same press is the same one', () => {
  const intent = (/** @type {any[]} */ items, /** @type {number} */ address_id, total = 250, codes = /** @type {string[]} */ ([]), delivery_method_id = 0) =>
    placeIntent(placeBody({ ...goodsOf(items, true), address_id, codes }, { ...quote(total), delivery_method_id }), items.filter((one) => one.available));
  assert.equal(intent(all, 7), intent(all, 7));
  assert.equal(new Set([intent(all, 7), intent(all, 8), intent(some, 7), intent(all, 7, 240), intent(all, 7, 250, ['SPRING']), intent(all, 7, 250, [], 2)]).size, 6);
});

test('what is wanted stays the same whatever it costs by now', () => {
  const wish = (/** @type {string[]} */ codes) => wishKey({ from_cart: true, address_id: 7, codes }, all);
  assert.equal(wish(['SPRING']), wish([]));
  assert.notEqual(wishKey({ from_cart: true, address_id: 7, codes: [], delivery_method_id: 2 }, all), wish([]), 'another delivery is wanted');
});

test('what is missing is never less than nothing', () => assert.deepEqual([missing(180700, 160000), missing(100, 500)], [20700, 0]));
