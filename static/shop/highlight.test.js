import assert from 'node:assert/strict';
import test from 'node:test';
import { highlight } from './highlight.js';

/** @param {string} text @param {string} words */
const shown = (text, words) => highlight(text, words).map((part) => (part.hit ? `[${part.text}]` : part.text)).join('');

test('a word is found inside of others, whatever its case and accents', () => {
  assert.equal(shown('Harbour Armchair', 'CHAIR'), 'Harbour Arm[chair]');
  assert.equal(shown('Corner Café Chair', 'cafe chair'), 'Corner [Café] [Chair]');
  assert.equal(shown('A chair, a chair', 'chair'), 'A [chair], a [chair]');
  assert.equal(shown('Workshop Stool', 'chair'), 'Workshop Stool');
});

test('an ending may be missing', () => {
  assert.equal(shown('Attic Bistro Chair', 'chairs'), 'Attic Bistro [Chair]');
  assert.equal(shown('As it is', 'ax'), 'As it is');
});

test('Chinese and Japanese are found without spaces, in any width', () => {
  assert.equal(shown('街角咖啡椅', '椅'), '街角咖啡[椅]');
  assert.equal(shown('Harbour 单人休闲椅', '休闲椅子'), 'Harbour 单人[休闲椅]');
  assert.equal(shown('コーナー カフェチェア', 'ﾁｪｱ'), 'コーナー カフェ[チェア]');
  assert.equal(shown('ガラス', 'ｶﾞﾗｽ'), '[ガラス]');
  assert.equal(shown('ガラス', 'カ'), 'ガラス');
});

test('nothing to look for marks nothing', () => {
  assert.deepEqual(highlight('Chair', ' '), [{ text: 'Chair', hit: false }]);
  assert.deepEqual(highlight('', 'x'), []);
});
