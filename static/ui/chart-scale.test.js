import assert from 'node:assert/strict';
import test from 'node:test';
import { gridSteps, ground, nearest, path, pushApart, stack, unbroken } from './chart-scale.js';

test('the grid begins at zero, ends above the highest value and has at most five lines', () => {
  assert.deepEqual(gridSteps(26_800), [0, 10_000, 20_000, 30_000]);
  assert.deepEqual(gridSteps(0), [0, 1]);
  assert.deepEqual(gridSteps(20_000), [0, 5000, 10_000, 15_000, 20_000]);
  assert.deepEqual(gridSteps(3), [0, 1, 2, 3]);
  for (const max of [1, 7, 13, 99, 101, 2376, 1e9]) {
    const steps = gridSteps(max);
    assert.ok(steps.length <= 5 && steps[steps.length - 1] >= max && steps[0] === 0, String(max));
  }
  assert.deepEqual(gridSteps(0.9, { whole: false }), [0, 0.25, 0.5, 0.75, 1]);
});

test('a path goes over the box, zero at the bottom', () => {
  assert.equal(path([[0, 0], [0.5, 1], [1, 0.25]]), 'M0 100L500 0L1000 75');
  assert.equal(ground([[0, 0.5], [1, 0.5]]), 'M0 50L1000 50L1000 100L0 100Z');
});

test('layers stand on each other', () => {
  const [low, high] = stack([{ key: 'a', name: 'A', values: [1, 2] }, { key: 'b', name: 'B', values: [1, 0] }], (i) => i, 4);
  assert.equal(low.d, 'M0 75L1000 50L1000 100L0 100Z');
  assert.equal(high.d, 'M0 50L1000 50L1000 50L0 75Z');
  assert.equal(high.mid(0), 0.375);
});

test('the next place is found', () => {
  assert.equal(nearest([0, 10, 20], 14), 1);
  assert.equal(nearest([0, 10, 20], 99), 2);
});

test('words are pushed apart and stay within', () => {
  assert.deepEqual(pushApart([50, 50], 10), [50, 60]);
  const low = pushApart([98, 99, 97], 8);
  const sorted = [...low].sort((a, b) => a - b);
  assert.ok(sorted[2] <= 100 && sorted[1] - sorted[0] >= 8);
});

test('a line is parted where it has nothing to show', () => {
  assert.deepEqual(unbroken([[0, 1], [0.5, Number.NaN], [0.75, 2], [1, 3]]), [[[0, 1]], [[0.75, 2], [1, 3]]]);
  assert.deepEqual(unbroken([[0, Number.NaN]]), []);
});
