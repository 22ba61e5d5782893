import assert from 'node:assert/strict';
import test from 'node:test';
import { readMatching } from './matching.js';

const pages = /** @type {Record<string, any>} */ ({ '': { items: [1, 2, 3], next_cursor: 'b', total: 7 }, b: { items: [4, 5, 6], next_cursor: 'c', total: 7 }, c: { items: [7], next_cursor: null, total: 7 } });

test('a list is read on until enough of it matches', async () => {
  const asked = /** @type {string[]} */ ([]);
  const read = async (/** @type {string | null} */ cursor) => { asked.push(cursor ?? ''); return pages[cursor ?? '']; };
  const even = await readMatching(read, (n) => n % 2 === 0, 2);
  assert.deepEqual(even, { items: [2, 4, 6], cursor: 'c', total: 7 });
  assert.deepEqual(asked, ['', 'b']);
  assert.deepEqual(await readMatching(read, (n) => n > 6, 5, 'c'), { items: [7], cursor: null, total: 7 });
});
