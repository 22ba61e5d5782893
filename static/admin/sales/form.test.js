import assert from 'node:assert/strict';
import test from 'node:test';
import { parseMoney } from '../../lib/money-input.js';
import { changes, fromLocal, parseCount, readForm, stages, toLocal } from './form.js';

const NOW = Date.parse('2026-03-14T12:00:00Z');
const goods = { id: 7, price: 89900, num: 218 };
const typed = { title: 'Half price', price: '449.00', units: '200', limit: '1', opens: toLocal(NOW + 3_600_000), closes: toLocal(NOW + 3_900_000) };
const sale = { sku_id: 7, title: 'Half price', price: 44900, stock_total: 200, stock_left: 150, per_user_limit: 1, starts_at: new Date(NOW - 60_123).toISOString(), ends_at: new Date(NOW + 300_456).toISOString() };
const facts = { goods, sale: null, now: NOW, parseMoney: (/** @type {string} */ text) => parseMoney(text, 'USD'), money: String };
const read = (/** @type {any} */ patch = {}, /** @type {any} */ more = {}) => readForm({ ...typed, ...patch }, { ...facts, ...more });
const asTyped = { title: sale.title, price: '449.00', units: '200', limit: '1', opens: toLocal(Date.parse(sale.starts_at)), closes: toLocal(Date.parse(sale.ends_at)) };

test('a whole form is a sale', () => {
  const { faults, wanted } = read();
  assert.deepEqual(faults, {});
  assert.deepEqual(wanted, { sku_id: 7, title: 'Half price', price: 44900, stock_total: 200, per_user_limit: 1,
    starts_at: '2026-03-14T13:00:00.000Z', ends_at: '2026-03-14T13:05:00.000Z' });
});

test('a price above the list price is refused', () => {
  assert.deepEqual(read({ price: '899.01' }).faults.price, { key: 'abovePrice', params: { price: '89900' } });
  assert.equal(read({ price: '899' }).faults.price, undefined);
  assert.equal(read({ price: '0' }).faults.price?.key, 'needPrice');
});

test('there are no more units than in stock, and none are taken back', () => {
  assert.deepEqual(read({ units: '240' }).faults.units, { key: 'onlyStock', params: { n: 218 } });
  assert.deepEqual(readForm({ ...asTyped, units: '419' }, { ...facts, sale }).faults.units, { key: 'onlySo', params: { n: 418 } });
  assert.deepEqual(readForm({ ...asTyped, units: '49' }, { ...facts, sale }).faults.units, { key: 'belowTaken', params: { n: 50 } });
});

test('it closes after it opens, and in the future', () => {
  assert.equal(read({ closes: typed.opens }).faults.closes?.key, 'closesFirst');
  assert.equal(read({ opens: toLocal(NOW - 7_200_000), closes: toLocal(NOW - 3_600_000) }).faults.closes?.key, 'closesPast');
  assert.equal(read({ opens: '' }).faults.opens?.key, 'needTime');
});

test('what is empty or missing is told at once', () => {
  assert.deepEqual(Object.keys(readForm({ title: ' ', price: '', units: 'x', limit: '100', opens: '', closes: '' }, { ...facts, goods: null }).faults).sort(),
    ['closes', 'goods', 'limit', 'opens', 'price', 'title', 'units']);
});

test('an edit sends what was changed, and keeps the parts of a second', () => {
  const untouched = readForm(asTyped, { ...facts, sale });
  assert.ok(untouched.wanted);
  assert.deepEqual(changes(untouched.wanted, sale), {});
  const edited = readForm({ ...asTyped, units: '220', closes: toLocal(NOW + 600_000) }, { ...facts, sale });
  assert.ok(edited.wanted);
  assert.deepEqual(changes(edited.wanted, sale), { stock_total: 220, ends_at: new Date(NOW + 600_000).toISOString() });
});

test('counts are read in digits of any width', () => {
  assert.equal(parseCount('２００'), 200);
  assert.equal(parseCount('20,000'), 20000);
  assert.equal(parseCount('-1'), null);
  assert.equal(parseCount(''), null);
});

test('local times go there and back', () => {
  assert.equal(fromLocal(toLocal(NOW)), NOW);
  assert.equal(fromLocal(''), null);
});

test('a sale is saved, loaded, open, closed', () => {
  const opens = NOW + 120_000, closes = NOW + 300_000;
  assert.deepEqual(stages({ saved: false, opens, closes, now: NOW }), ['todo', 'todo', 'todo', 'todo']);
  assert.deepEqual(stages({ saved: true, opens, closes, now: NOW }), ['now', 'todo', 'todo', 'todo']);
  assert.deepEqual(stages({ saved: true, opens, closes, now: opens - 1000 }), ['done', 'now', 'todo', 'todo']);
  assert.deepEqual(stages({ saved: true, opens, closes, now: closes }), ['done', 'done', 'done', 'now']);
});
