import assert from 'node:assert/strict';
import test from 'node:test';
import { moved, placeByKey } from './reorder.js';

test('an entry moves to its place, and the others close up', () => {
  assert.deepEqual(moved(['a', 'b', 'c'], 2, 0), ['c', 'a', 'b']);
  assert.deepEqual(moved(['a', 'b', 'c'], 0, 9), ['b', 'c', 'a']);
});

test('arrow keys move by one and stop at the ends', () => {
  assert.equal(placeByKey('ArrowLeft', 0, 3), 0);
  assert.equal(placeByKey('ArrowDown', 1, 3), 2);
  assert.equal(placeByKey('End', 0, 3), 2);
  assert.equal(placeByKey('Enter', 1, 3), null);
});
