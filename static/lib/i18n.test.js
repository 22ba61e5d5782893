import assert from 'node:assert/strict';
import test from 'node:test';
import { fill, languageOf } from './i18n.js';
import { enrich } from './rich.js';

test('plurals follow the language', () => {
  const text = { one: '{n} thing', other: '{n} things' };
  assert.equal(fill(text, { n: 1 }, 'en'), '1 thing');
  assert.equal(fill(text, { n: 0 }, 'en'), '0 things');
  assert.equal(fill({ other: '{n} 件' }, { n: 1 }, 'zh-Hans'), '1 件');
});

test('numbers are written in the manner of the language, what is not given stays visible', () => {
  assert.equal(fill('{n} of {total}', { n: 1200 }, 'en'), '1,200 of {total}');
});

test('tags of the page become languages of the shop', () => {
  assert.deepEqual(['zh-Hans', 'ja', 'en', 'fr'].map(languageOf), ['zh', 'ja', 'en', 'en']);
});

test('markup inside a text is made, unknown markup stays words', () => {
  const made = enrich('Pay within <b>14:32</b>, or <a>cancel</a> <x>', { a: (inner) => `[${inner}]` });
  assert.equal(made[0], 'Pay within ');
  assert.equal(made[3], '[cancel]');
  assert.equal(made[4], ' <x>');
});
