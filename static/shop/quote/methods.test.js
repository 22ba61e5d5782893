import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deliveryNeed, isOffered, methodOf } from './methods.js';

test('what is left to be done about the delivery', () => {
  /** @param {number | null} id @param {number[]} ids @returns {any} */
  const of = (id, ids) => ({ delivery_method_id: id, delivery_methods: ids.map((one) => ({ id: one, name: `No. ${one}` })) });
  assert.deepEqual([deliveryNeed(undefined, [1]), deliveryNeed(of(null, []), []), deliveryNeed(of(null, []), [1]), deliveryNeed(of(null, [1, 2]), []), deliveryNeed(of(1, [1]), [])],
    ['none', 'none', 'nowhere', 'choose', 'chosen']);
  assert.deepEqual([methodOf(of(2, [1, 2]))?.name, methodOf(of(null, [1, 2])), methodOf(null)], ['No. 2', null, null]);
  assert.deepEqual([isOffered(of(null, [1, 2]), 2), isOffered(of(null, [1]), 2), isOffered(of(null, [1]), null)], [true, false, false]);
});
