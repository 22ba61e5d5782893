import assert from 'node:assert/strict';
import test from 'node:test';
import { addressOf } from '../../lib/address.js';
import { apiQuery, filtersOf, keyOf, pathOf, range, readCriteria, without } from './criteria.js';

const full = readCriteria({ id: '4' }, { q: ' chair ', min_price: '5000', max_price: '45000', in_stock: 'true', sort: 'price', page_num: '2' });

test('an address is read and written back', () => {
  assert.deepEqual(full, { category: 4, q: 'chair', min: 5000, max: 45000, inStock: true, sort: 'price', page: 2 });
  assert.equal(pathOf(full), '/c/4?q=chair&min_price=5000&max_price=45000&in_stock=true&sort=price&page_num=2');
  assert.equal(keyOf(full), '/c/4?q=chair&min_price=5000&max_price=45000&in_stock=true&sort=price');
  assert.equal(pathOf(readCriteria({}, {})), '/c');
  assert.equal(pathOf(readCriteria({}, { q: '椅 子' })), '/search?q=%E6%A4%85+%E5%AD%90');
});

test('what makes no sense is left out', () => {
  const odd = readCriteria({}, { q: '  ', min_price: '-5', max_price: '1e3', in_stock: 'yes', sort: 'relevance', page_num: '0' });
  assert.deepEqual(odd, { category: null, q: '', min: null, max: null, inStock: false, sort: '', page: 1 });
  assert.equal(readCriteria({}, { page_num: '99999' }).page, 416);
  assert.equal(readCriteria({}, { sort: 'new' }).sort, '', 'newest is the order without words');
  assert.equal(readCriteria({}, { q: 'x', sort: 'new' }).sort, 'new');
  assert.equal(readCriteria({}, { q: 'x', sort: 'relevance' }).sort, '');
});

test('the API is asked in the order of the first data', () => {
  const path = addressOf('/products', { query: apiQuery(full) });
  assert.equal(path, '/products?category_id=4&q=chair&min_price=5000&max_price=45000&in_stock=true&sort=price&page_num=2&page_size=24');
  assert.equal(addressOf('/products', { query: apiQuery(readCriteria({}, {})) }), '/products?page_size=24');
});

test('filters are told and taken away', () => {
  assert.deepEqual(filtersOf(full), ['category', 'price', 'stock']);
  assert.deepEqual(filtersOf(readCriteria({ id: '4' }, {})), [], 'a shelf by itself is no filter');
  assert.equal(pathOf(without(full, ['category'])), '/search?q=chair&min_price=5000&max_price=45000&in_stock=true&sort=price');
  assert.equal(pathOf(without(full, ['category', 'price', 'stock'])), '/search?q=chair&sort=price');
});

test('a range is put in order', () => {
  assert.deepEqual(range(5, 2), { min: 2, max: 5 });
  assert.deepEqual(range(0, null), { min: 0, max: null });
});
