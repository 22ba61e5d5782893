import assert from 'node:assert/strict';
import test from 'node:test';
import { hearOne } from './stream.js';

test('an event has a name and data, a comment is passed over', () => {
  /** @type {[string, any][]} */
  const heard = [];
  const hear = (/** @type {string} */ name, /** @type {any} */ data) => void heard.push([name, data]);
  hearOne('event: second\ndata: {"stock_left":3}', hear);
  hearOne(': still here', hear);
  assert.deepEqual(heard, [['second', { stock_left: 3 }]]);
});
