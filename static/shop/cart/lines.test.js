import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lineState, priceChanges, sumUp } from './lines.js';
import { remembered } from './prices.js';

/** @param {number} id @param {number} num @param {number} left @param {number} price @param {number | null} [discount] @returns {any} */
const item = (id, num, left, price, discount = null) => ({ num, available: left >= num, product: { id, name: `Thing ${id}` },
  sku: { id, product_id: id, price, discount_price: discount, num: left, options: {}, currency: 'USD' } });

test('a line says why it does not count', () => {
  assert.equal(lineState(item(1, 2, 5, 100)), 'ok');
  assert.equal(lineState(item(1, 2, 0, 100)), 'sold_out');
  assert.equal(lineState(item(1, 2, 1, 100)), 'fewer');
  assert.equal(lineState({ ...item(1, 2, 9, 100), available: false }), 'off_sale');
});

test('only what can be had is summed, at what a buyer pays', () => {
  const { counted, things, total } = sumUp([item(1, 2, 5, 100, 80), item(2, 1, 0, 999)]);
  assert.deepEqual([counted.length, things, total], [1, 2, 160]);
});

test('a price is remembered from when a thing was put in, until it leaves', () => {
  const then = remembered({}, [item(1, 1, 5, 100), item(2, 1, 5, 50)]);
  assert.deepEqual(then, { 1: 100, 2: 50 });
  const now = [item(1, 1, 5, 100, 90), item(3, 1, 5, 70)];
  assert.deepEqual(priceChanges(then, now).map(({ from, to }) => [from, to]), [[100, 90]]);
  assert.deepEqual(remembered(then, now), { 1: 100, 3: 70 });
});
