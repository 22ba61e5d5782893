import assert from 'node:assert/strict';
import test from 'node:test';
import { firstSku, optionNames, pick, valuesOf } from './choice.js';

/** @param {number} id @param {Record<string, string>} options @param {number} num @returns {any} */
const sku = (id, options, num) => ({ id, options, num });
const skus = [sku(1, { Colour: 'Red', Size: 'S' }, 0), sku(2, { Colour: 'Red', Size: 'M' }, 3), sku(3, { Colour: 'Blue', Size: 'M' }, 0), sku(4, { Colour: 'Blue', Size: 'L' }, 5)];

test('options and their values come once each, in order', () => {
  assert.deepEqual(optionNames(skus), ['Colour', 'Size']);
  assert.deepEqual(valuesOf(skus, 'Size'), ['S', 'M', 'L']);
});

test('the page begins with the SKU of the address, else with one in stock', () => {
  assert.equal(firstSku(skus, '3').id, 3);
  assert.equal(firstSku(skus, undefined).id, 2);
  assert.equal(firstSku([skus[0]], 'x').id, 1);
});

test('picking keeps the other options where it can, and finds stock where it cannot', () => {
  assert.equal(pick(skus, skus[1], 'Colour', 'Blue')?.id, 3);
  assert.equal(pick(skus, skus[0], 'Colour', 'Blue')?.id, 4);
  assert.equal(pick(skus, skus[0], 'Colour', 'Green'), undefined);
});
