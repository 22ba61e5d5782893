import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chosenOf, deliveryNeed, isOffered, methodOf } from './methods.js';

/** @param {number | null} id @param {number[]} ids @returns {any} */
const of = (id, ids) => ({ delivery_method_id: id, delivery_methods: ids.map((one) => ({ id: one, name: `No. ${one}` })) });

test('what is left to be done about the delivery', () => {
  assert.deepEqual([deliveryNeed(undefined, [1]), deliveryNeed(of(null, []), []), deliveryNeed(of(null, []), [1]), deliveryNeed(of(null, [1, 2])), deliveryNeed(of(1, [1]))],
    ['none', 'none', 'nowhere', 'choose', 'chosen']);
});

test('a choice counts before it is quoted, unless it does not serve the address', () => {
  assert.deepEqual([deliveryNeed(of(null, [1, 2]), [], 2), deliveryNeed(of(null, [1, 2]), [], 9)], ['chosen', 'choose']);
  assert.deepEqual([chosenOf(of(1, [1, 2]), 2), chosenOf(of(1, [1, 2]), null), chosenOf(of(1, [1]), 2)], [2, 1, 1]);
  assert.deepEqual([isOffered(of(null, [1, 2]), 2), isOffered(of(null, [1]), 2), isOffered(of(null, [1]), null)], [true, false, false]);
});

test('the method of a quote', () => assert.deepEqual([methodOf(of(2, [1, 2]))?.name, methodOf(of(null, [1, 2])), methodOf(null)], ['No. 2', null, null]));
