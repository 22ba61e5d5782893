import assert from 'node:assert/strict';
import test from 'node:test';
import { pauseBefore } from './poll.js';

const MIN = 60_000;
/** @param {Partial<Parameters<typeof pauseBefore>[0]>} at @param {number} [luck] */
const wait = (at, luck = 0.5) => pauseBefore({ phase: 'live', untilStart: -MIN, sinceEnd: -MIN, ...at }, luck);

test('every two seconds while it runs, spread by a quarter', () => {
  for (const phase of /** @type {const} */ (['live', 'sold_out', 'paused'])) assert.deepEqual([wait({ phase }, 0), wait({ phase }), wait({ phase }, 1)], [1500, 2000, 2500]);
  assert.equal(wait({ calm: true }), 10_000);
});

test('seldom when it is far, and never all at once at the start', () => {
  assert.equal(wait({ phase: 'upcoming', untilStart: 120 * MIN }), 2 * MIN);
  assert.equal(wait({ phase: 'upcoming', untilStart: 20 * MIN }), MIN);
  assert.equal(wait({ phase: 'warming', untilStart: 5 * MIN }), 15_000);
  assert.equal(wait({ phase: 'warming', untilStart: 30_000 }), 5000);
  for (const luck of [0, 0.3, 1]) {
    const ms = wait({ phase: 'warming', untilStart: 3000 }, luck);
    assert.ok(ms >= 4000 && ms <= 6000, String(ms));
  }
});

test('after the end the last figures, then hardly ever', () => {
  assert.equal(wait({ phase: 'ended', sinceEnd: 1000 }), 4000);
  assert.equal(wait({ phase: 'ended', sinceEnd: MIN }), MIN);
  assert.equal(wait({ phase: 'cancelled' }), MIN);
});

test('a shop that does not answer is asked less often, and when it said so', () => {
  assert.deepEqual([1, 2, 3, 9].map((failures) => wait({ failures }, 0)), [2000, 4000, 8000, 30_000]);
  assert.equal(wait({ failures: 1, retryAfter: 20 }, 0), 20_000);
});
