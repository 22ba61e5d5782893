import assert from 'node:assert/strict';
import test from 'node:test';
import { hasMore, join } from './results.js';

/** @param {number} page @param {number[]} ids @param {number} [at] @returns {any} */
const found = (page, ids, at = 0) => ({ key: '/c', first: page, last: page, items: ids.map((id) => ({ id })), total: 100, facets: null, at });
const ids = (/** @type {any} */ results) => results.items.map((/** @type {any} */ one) => one.id);

test('the next page is put behind, the one before in front', () => {
  const two = join(found(2, [3, 4]), found(3, [5, 6]));
  assert.deepEqual([two.first, two.last, ids(two)], [2, 3, [3, 4, 5, 6]]);
  const three = join(two, found(1, [1, 2]));
  assert.deepEqual([three.first, three.last, ids(three)], [1, 3, [1, 2, 3, 4, 5, 6]]);
});

test('what has moved to the next page is shown once', () => {
  assert.deepEqual(ids(join(found(1, [1, 2]), found(2, [2, 3]))), [1, 2, 3]);
});

test('another place, or one that is old, begins anew', () => {
  assert.deepEqual(ids(join(found(1, [1]), found(5, [9]))), [9]);
  assert.deepEqual(ids(join(found(1, [1]), found(2, [2], 600_000))), [2]);
  assert.deepEqual(ids(join(undefined, found(2, [2]))), [2]);
});

test('there is more until the last page', () => {
  assert.equal(hasMore(found(4, [])), true);
  assert.equal(hasMore(found(5, [])), false);
});
