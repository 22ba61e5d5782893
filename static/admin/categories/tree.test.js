import assert from 'node:assert/strict';
import test from 'node:test';
import { flat, isBelow, parentByKey } from './tree.js';

const all = /** @type {any[]} */ ([{ id: 1, parent_id: null }, { id: 2, parent_id: 1 }, { id: 3, parent_id: null }, { id: 4, parent_id: 2 }, { id: 5, parent_id: 1 }]);

test('the tree is drawn branch by branch', () => {
  assert.deepEqual(flat(all).map(({ category, depth, above }) => [category.id, depth, above?.id ?? null]), [[1, 0, null], [2, 1, null], [4, 2, null], [5, 1, 2], [3, 0, 1]]);
});

test('nothing stands below itself', () => {
  assert.ok(isBelow(all, 4, 1));
  assert.ok(isBelow(all, 1, 1));
  assert.ok(!isBelow(all, 3, 1));
  assert.ok(!isBelow(all, null, 1));
});

test('arrow keys move a branch in and out', () => {
  const branch = (/** @type {number} */ id) => /** @type {any} */ (flat(all).find((one) => one.category.id === id));
  assert.equal(parentByKey(all, branch(5), 'ArrowRight'), 2);
  assert.equal(parentByKey(all, branch(1), 'ArrowRight'), undefined);
  assert.equal(parentByKey(all, branch(4), 'ArrowLeft'), 1);
  assert.equal(parentByKey(all, branch(2), 'ArrowLeft'), null);
  assert.equal(parentByKey(all, branch(3), 'ArrowLeft'), undefined);
});
