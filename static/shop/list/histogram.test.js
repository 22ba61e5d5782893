import assert from 'node:assert/strict';
import test from 'node:test';
import { bars } from './histogram.js';

const ranges = [{ from: 0, to: 2000, count: 2 }, { from: 2000, to: 5000, count: 8 }, { from: 5000, to: 20000, count: 4 }, { from: 20000, to: null, count: 2 }];
const all = { min: null, max: null };

test('twelve bars, the tallest full, as many as there are things', () => {
  const drawn = bars(ranges, all);
  assert.equal(drawn.length, 12);
  assert.equal(Math.max(...drawn.map((bar) => bar.height)), 1);
  assert.ok(drawn.every((bar) => bar.height > 0 && bar.inside));
});

test('the densest range has the tallest bars', () => {
  const heights = bars(ranges, all).map((bar) => bar.height);
  const tallest = heights.indexOf(1);
  assert.ok(tallest >= 3 && tallest <= 5, `bar ${tallest}`);
});

test('what lies outside of the chosen range is told apart', () => {
  const drawn = bars(ranges, { min: 2000, max: 5000 });
  assert.equal(drawn[0].inside, false);
  assert.equal(drawn[11].inside, false);
  assert.ok(drawn.some((bar) => bar.inside));
  assert.ok(bars(ranges, { min: 10_000_000, max: null }).at(-1)?.inside, 'the last bar stands for all that is dearer');
});

test('one range or two tell nothing', () => {
  assert.deepEqual(bars([{ from: 0, to: null, count: 3 }], all), []);
  assert.deepEqual(bars([{ from: 0, to: 15000, count: 2 }, { from: 15000, to: null, count: 1 }], all), []);
  assert.deepEqual(bars([], all), []);
});
