import assert from 'node:assert/strict';
import test from 'node:test';
import { Problem } from '../../lib/problem.js';
import { changesOf, draftOf, emptyDraft, missing, newVariant, withOption, withVariant, withoutOption } from './draft.js';
import { faultsFrom, faultsOf, signedNumber, wholeNumber } from './faults.js';
import { changeOf, creationForm, translationsOf } from './requests.js';

const LANGUAGES = ['en', 'zh', 'ja'];
const image = (/** @type {number} */ id) => ({ id, url: `/m/${id}`, width: 800, height: 600, variants: { thumb: '', small: '', large: '' } });
const product = /** @type {any} */ ({ id: 7, name: 'Chair', title: 'Stacks', info: 'A chair.', category_id: 3, on_sale: true, currency: 'USD', price: 12900, num: 112, images: [image(1), image(2), image(3)],
  skus: [{ id: 10, options: { Colour: 'Mustard' }, price: 12900, discount_price: 9900, num: 60 }, { id: 11, options: { Colour: 'Sage' }, price: 12900, discount_price: null, num: 52, tax_rate_bp: 700 }],
  translations: { zh: { name: '椅子', title: '可叠放', info: '一把椅子。' }, de: { name: 'Stuhl' } } });
const before = draftOf(product, LANGUAGES);

test('a draft shows the product, and is no change', () => {
  assert.deepEqual(changesOf(before, draftOf(product, LANGUAGES)), []);
  assert.deepEqual(before.options, ['Colour']);
  assert.equal(before.variants[0].reduced, '99.00');
  assert.deepEqual(before.variants.map(({ tax }) => tax), ['', '7']);
  assert.deepEqual(missing(before.words.ja), ['name', 'title', 'info']);
  assert.deepEqual(faultsOf(before, 'en'), {});
});

test('each field that differs counts once', () => {
  let now = withVariant(before, '11', { price: '139.00' });
  now = { ...now, onSale: false, words: { ...now.words, ja: { name: '椅子', title: '', info: '' } }, shots: [now.shots[2], now.shots[0]], variants: [...now.variants, newVariant(now.options)] };
  const changes = changesOf(now, before);
  assert.equal(changes.length, 6);
  for (const one of ['words.ja.name', 'onSale', 'variant.11.price', 'gone.2', 'order']) assert.ok(changes.includes(one), one);
});

test('the shop is sent what differs, and translations of other languages stay', () => {
  const now = withVariant({ ...before, words: { ...before.words, ja: { name: ' 椅子 ', title: '', info: '' } } }, '11', { reduced: '100' });
  const change = changeOf(now, changesOf(now, before), 'en', product.translations);
  assert.deepEqual(change, { body: { translations: { de: { name: 'Stuhl' }, zh: product.translations.zh, ja: { name: '椅子' } },
    skus: [{ id: 11, options: { Colour: 'Sage' }, price: 12900, discount_price: 10000, tax_rate_bp: 700 }] }, sent: ['11'] });
  assert.equal(changeOf(before, [], 'en', {}), null);
  assert.deepEqual(translationsOf({ ...before, words: { ...before.words, zh: { name: '', title: '', info: '' } } }, 'en', product.translations), { de: { name: 'Stuhl' } });
});

test('faults stand at their fields', () => {
  const empty = faultsOf(emptyDraft(LANGUAGES), 'en');
  assert.deepEqual(Object.keys(empty).sort(), ['shelf', 'variant.first.num', 'variant.first.price', 'words.en.name']);
  assert.deepEqual(faultsOf(withVariant(before, '10', { tax: '101' }), 'en'), { 'variant.10.tax': { key: 'faultTax' } });
  const now = withVariant(withVariant(before, '10', { reduced: '139' }), '11', { values: ['Mustard'] });
  assert.deepEqual(faultsOf(now, 'en'), { 'variant.10.reduced': { key: 'faultReduced', amount: 12900 }, 'variant.11.value.0': { key: 'faultTwice' } });
  assert.ok(faultsOf({ ...before, options: [' '] }, 'en')['option.0']);
});

test('what the shop refuses finds its field', () => {
  const problem = new Problem({ code: 'invalid_field', errors: [{ field: 'skus[1].discount_price', code: 'above_price' }, { field: 'name', code: 'too_short' }, { field: 'category_id', code: 'unknown_category' }] });
  const faults = faultsFrom(problem, ['10', 'new-1'], 'en');
  assert.deepEqual(Object.keys(faults), ['variant.new-1.reduced', 'words.en.name', 'shelf']);
});

test('options come and go with their values', () => {
  const wider = withOption(before);
  assert.deepEqual(wider.variants[0].values, ['Mustard', '']);
  assert.deepEqual(withoutOption(wider, 0).variants[0].values, ['']);
});

test('a new product is one form', () => {
  const draft = withVariant({ ...emptyDraft(LANGUAGES), shelf: '3', words: { en: { name: 'Stool', title: '', info: '' }, zh: { name: '', title: '', info: '' }, ja: { name: '', title: '', info: '' } } }, 'first', { price: '10', num: '4' });
  const form = creationForm(draft, 'en');
  assert.deepEqual(JSON.parse(String(form.get('skus'))), [{ options: {}, price: 1000, discount_price: null, tax_rate_bp: null, num: 4 }]);
  assert.equal(form.get('translations'), null);
});

test('numbers are read as people type them', () => {
  assert.equal(wholeNumber(' １２ '), 12);
  assert.equal(wholeNumber('-1'), null);
  assert.equal(signedNumber('−2'), -2);
  assert.equal(signedNumber('+40'), 40);
  assert.equal(signedNumber('0'), null);
});
