import assert from 'node:assert/strict';
import test from 'node:test';
import { matchRoute, ownPath, withQuery } from './match.js';
import { addressOf } from './address.js';

const route = (/** @type {string} */ path) => ({ path, load: async () => /** @type {any} */ ({}) });
const routes = ['/', '/p/:id', '/order/:order', '/admin/sales/new', '/admin/sales/:id', '/admin/sales/:id/live'].map(route);
const found = (/** @type {string} */ path) => { const match = matchRoute(routes, path); return match && [match.route.path, match.params]; };

test('addresses find their page', () => {
  assert.deepEqual(found('/'), ['/', {}]);
  assert.deepEqual(found('/p/15'), ['/p/:id', { id: '15' }]);
  assert.deepEqual(found('/p/15/'), ['/p/:id', { id: '15' }]);
  assert.deepEqual(found('/order/0198f2c4-0000-7000-8000-000000000000')?.[0], '/order/:order');
  assert.deepEqual(found('/admin/sales/new')?.[0], '/admin/sales/new');
  assert.deepEqual(found('/admin/sales/3/live'), ['/admin/sales/:id/live', { id: '3' }]);
});

test('what is no address of ours is none', () => {
  for (const path of ['/p/0', '/p/x', '/p/-1', '/p/15/more', '/nowhere', '//p/1']) assert.equal(found(path), null, path);
});

test('a query is changed part by part', () => {
  assert.equal(withQuery('/c?sort=new&page=2', { page: null, in_stock: true }), '/c?sort=new&in_stock=true');
  assert.equal(withQuery('/c?page=2', { page: '' }), '/c');
  assert.equal(withQuery('/login', { next: '/p/1?sku=2' }), '/login?next=%2Fp%2F1%3Fsku%3D2');
});

test('the way back leads nowhere else', () => {
  assert.equal(ownPath('/checkout?sku=1'), '/checkout?sku=1');
  for (const bad of ['https://evil.example/', '//evil.example', '/\\evil.example', 'javascript:alert(1)', '/\t/evil.example', '', null]) assert.equal(ownPath(bad), '/', String(bad));
});

test('addresses of the API are put together in the order given', () => {
  assert.equal(addressOf('/product/{id}', { params: { id: 5 } }), '/product/5');
  assert.equal(addressOf('/products', { query: { sort: 'hot', page_size: 8, q: '', cursor: undefined } }), '/products?sort=hot&page_size=8');
  assert.throws(() => addressOf('/product/{id}'));
});
