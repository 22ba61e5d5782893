import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keyFor, forget } from '../../lib/idempotency.js';
import { keepAsked, unanswered } from './unanswered.js';

function memory() {
  const kept = new Map();
  return { get: (/** @type {string} */ key) => kept.get(key) ?? null, set: kept.set.bind(kept), remove: (/** @type {string} */ key) => void kept.delete(key) };
}

test('an order without an answer is asked for again as it was, until the answer is known', () => {
  const store = memory(), body = { address_id: 7, from_cart: true, codes: ['SPRING'], expected_total: 90 };
  keyFor('order:1', store);
  keepAsked('bag:7:1x1', body, 'order:1', store);
  assert.deepEqual(unanswered('bag:7:1x1', store)?.body, body);
  assert.equal(unanswered('bag:8:1x1', store), null, 'another wish is another order');
  forget('order:1', store);
  assert.equal(unanswered('bag:7:1x1', store), null);
});
