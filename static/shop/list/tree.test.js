import assert from 'node:assert/strict';
import test from 'node:test';
import { shelfRows } from './tree.js';

/** @param {number} id @param {number | null} parent_id @returns {any} */
const shelf = (id, parent_id) => ({ id, parent_id, name: `shelf ${id}` });
const all = [shelf(1, null), shelf(2, 1), shelf(3, null), shelf(4, 3), shelf(5, 4), shelf(6, 3)];
const ids = (/** @type {any} */ rows) => rows.map((/** @type {any} */ row) => [row.category.id, row.depth]);

test('roots, and what is below the current shelf', () => {
  assert.deepEqual(ids(shelfRows(all, null, null)), [[1, 0], [3, 0]]);
  assert.deepEqual(ids(shelfRows(all, 3, null)), [[1, 0], [3, 0], [4, 1], [6, 1]]);
  assert.deepEqual(ids(shelfRows(all, 5, null)), [[1, 0], [3, 0], [4, 1], [5, 2], [6, 1]]);
});

test('with counts only shelves that have something, and the current one', () => {
  const rows = shelfRows(all, 6, new Map([[3, 7], [4, 7]]));
  assert.deepEqual(ids(rows), [[3, 0], [4, 1], [6, 1]]);
  assert.deepEqual(rows.map((row) => row.count), [7, 7, 0]);
});
