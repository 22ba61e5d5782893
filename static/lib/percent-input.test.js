import assert from 'node:assert/strict';
import test from 'node:test';
import { parsePercent, percentInput } from './percent-input.js';

test('percentages are read to the hundredth', () => {
  assert.deepEqual(['10', '12.5 %', '０,01', '100', '0', '100.01', '1.234', '-1', ''].map(parsePercent), [1_000, 1_250, 1, 10_000, 0, null, null, null, null]);
});

test('what is shown is read again as it was', () => {
  for (const points of [0, 1, 7, 29, 1_250, 1_999, 10_000]) assert.equal(parsePercent(percentInput(points)), points);
});
