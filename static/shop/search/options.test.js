import assert from 'node:assert/strict';
import test from 'node:test';
import { optionsOf, step } from './options.js';

/** @type {any} */
const chair = { id: 19, name: 'Corner Café Chair' };
/** @param {Partial<{text: string, names: string[], product: any, past: string[]}>} found */
const offered = (found) => optionsOf({ text: '', names: [], product: null, past: [], ...found }).map((one) => `${one.kind}: ${one.text}`);

test('names, what was searched before, the product', () => {
  assert.deepEqual(offered({ text: 'ch', names: ['Attic Bistro Chair', 'Orbit Shell Chair'], product: chair, past: ['cheap chairs', 'lamp'] }),
    ['name: Attic Bistro Chair', 'name: Orbit Shell Chair', 'past: cheap chairs', 'product: Corner Café Chair']);
});

test('nothing is offered twice, nor what is typed already', () => {
  assert.deepEqual(offered({ text: 'Chair', names: ['Corner Café Chair', 'Orbit', 'orbit'], product: chair, past: ['chair', 'ORBIT chair'] }),
    ['name: Orbit', 'past: ORBIT chair', 'product: Corner Café Chair']);
});

test('before anything is typed: the latest searches', () => {
  assert.deepEqual(offered({ text: '  ', names: ['x'], past: ['a', 'b', 'c', 'd', 'e', 'f'] }), ['past: a', 'past: b', 'past: c', 'past: d', 'past: e']);
});

test('arrow keys go around, through the box itself', () => {
  assert.deepEqual([step(-1, 1, 3), step(2, 1, 3), step(-1, -1, 3), step(0, -1, 3), step(-1, 1, 0)], [0, -1, 2, -1, -1]);
});
