import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readForm, typedOf } from './form.js';

const input = (/** @type {number} */ minor) => (minor / 100).toFixed(2);
const parse = (/** @type {string} */ text) => (/^\d+(\.\d\d)?$/.test(text) ? Math.round(Number(text) * 100) : null);
const post = { id: 3, name: 'Post', price: 490, free_from: 10_000, countries: ['DE', 'AT'], enabled: false };

test('a method that is opened and saved is the same method', () => {
  const { id, ...terms } = post;
  assert.deepEqual(readForm(typedOf(post, input), parse), { faults: {}, wanted: terms });
  const free = { ...terms, price: 0, free_from: null, countries: null };
  assert.deepEqual(readForm(typedOf({ id, ...free }, input), parse).wanted, free);
});

test('free from nothing is not the same as never free', () => {
  const typed = { ...typedOf(post, input), freeFrom: '0' };
  assert.equal(readForm(typed, parse).wanted?.free_from, 0);
  assert.equal(readForm({ ...typed, freeFrom: ' ' }, parse).wanted?.free_from, null);
});

test('every fault is told at once', () => {
  const { faults, wanted } = readForm({ name: ' ', price: '', freeFrom: 'much', countries: [], enabled: true }, parse);
  assert.deepEqual([faults, wanted], [{ name: 'needName', price: 'needPrice', freeFrom: 'needFreeFrom', countries: 'needCountry' }, null]);
  assert.equal(readForm({ ...typedOf(post, input), name: 'x'.repeat(65) }, parse).faults.name, 'longName');
});
