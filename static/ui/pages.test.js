import assert from 'node:assert/strict';
import test from 'node:test';
import { pageNumbers } from './page-numbers.js';

test('the first, the last and the neighbours are shown', () => {
  assert.deepEqual(pageNumbers(2, 12), [1, 2, 3, null, 12]);
  assert.deepEqual(pageNumbers(1, 1), [1]);
  assert.deepEqual(pageNumbers(6, 12), [1, null, 5, 6, 7, null, 12]);
});
