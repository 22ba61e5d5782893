import assert from 'node:assert/strict';
import test from 'node:test';
import { drag, inside, MAX_ZOOM, part, whole, zoomTo } from './crop.js';

const size = { width: 800, height: 600 }, view = 300;

test('at first the largest square in the middle is shown', () => assert.deepEqual(part(whole(size), size), { left: 100, top: 0, length: 600 }));

test('the picture follows the pointer and never leaves the square', () => {
  assert.deepEqual(part(drag(whole(size), size, view, 25, 0), size), { left: 50, top: 0, length: 600 });
  assert.deepEqual(part(drag(whole(size), size, view, 5000, 5000), size), { left: 0, top: 0, length: 600 });
  assert.deepEqual(part(drag(whole(size), size, view, -5000, 0), size), { left: 200, top: 0, length: 600 });
});

test('zooming keeps what is under the point', () => {
  const at = { x: 75, y: -30 }, before = whole(size), after = zoomTo(before, size, view, 2, at);
  const under = (/** @type {import('./crop.js').Crop} */ crop) => { const { left, top, length } = part(crop, size); return [left + ((view / 2 + at.x) / view) * length, top + ((view / 2 + at.y) / view) * length]; };
  assert.deepEqual(under(after).map(Math.round), under(before).map(Math.round));
});

test('zoom has its bounds, also for small pictures', () => {
  assert.equal(zoomTo(whole(size), size, view, 100).zoom, MAX_ZOOM);
  assert.equal(zoomTo(whole(size), size, view, 0.1).zoom, 1);
  assert.deepEqual(inside({ zoom: 1, x: -9, y: 99 }, { width: 1, height: 1 }), { zoom: 1, x: 0.5, y: 0.5 });
});
