import assert from 'node:assert/strict';
import { test } from 'node:test';
import { COUNTRIES, countryName, countryOptions, placeLine } from './countries.js';

test('every country is there once and has a name in every language', () => {
  assert.deepEqual([COUNTRIES.length, new Set(COUNTRIES).size], [250, 250]);
  for (const tag of ['en', 'zh-Hans', 'ja']) assert.deepEqual(COUNTRIES.filter((code) => countryName(code, tag) === code), [], tag);
  assert.deepEqual(['en', 'zh-Hans', 'ja'].map((tag) => countryName('DE', tag)), ['Germany', '德国', 'ドイツ']);
});

test('the choices stand in the order of their names', () => {
  const [first] = countryOptions('en'), names = countryOptions('en').map(({ label }) => label);
  assert.deepEqual(first, { value: 'AF', label: 'Afghanistan' });
  assert.ok(names.indexOf('Åland Islands') < names.indexOf('Brazil'), 'a letter with a mark is that letter');
});

test('the country is told only where it is not the one of the shop', () => {
  assert.equal(placeLine({ postcode: '62701', country: 'US' }, 'US', 'en'), '62701');
  assert.equal(placeLine({ postcode: 'BS1 4DJ', country: 'GB' }, 'US', 'en'), 'BS1 4DJ, United Kingdom');
  assert.equal(placeLine({ postcode: null, country: 'JP' }, 'US', 'en'), 'Japan');
  assert.equal(placeLine({ postcode: null, country: 'US' }, 'US', 'en'), '');
});
