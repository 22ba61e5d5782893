import assert from 'node:assert/strict';
import test from 'node:test';
import { decimals, decimalString, money, reduction } from './money.js';
import { moneyInput, parseMoney } from './money-input.js';

test('a currency has its own decimals', () => {
  assert.equal(decimals('USD'), 2);
  assert.equal(decimals('JPY'), 0);
  assert.equal(decimals('KWD'), 3);
});

test('shelves drop empty cents, books keep them', () => {
  assert.equal(money(7900, { tag: 'en' }), '$79');
  assert.equal(money(7900, { tag: 'en', exact: true }), '$79.00');
  assert.equal(money(39950, { tag: 'en' }), '$399.50');
  assert.equal(money(1200, { tag: 'ja', currency: 'JPY' }), '￥1,200');
});

test('minus is the mathematical one', () => {
  assert.equal(money(-450, { tag: 'en', exact: true }), '−$4.50');
  assert.equal(money(450, { tag: 'en', exact: true, sign: true }), '+$4.50');
});

test('the largest amount keeps its last cent', () => {
  assert.equal(decimalString(Number.MAX_SAFE_INTEGER, 2), '90071992547409.91');
  assert.equal(money(Number.MAX_SAFE_INTEGER, { tag: 'en' }), '$90,071,992,547,409.91');
});

test('typed amounts are read as people write them', () => {
  assert.equal(parseMoney('16.49', 'USD'), 1649);
  assert.equal(parseMoney(' 1,649.5 ', 'USD'), 164950);
  assert.equal(parseMoney('1649,50', 'USD'), 164950);
  assert.equal(parseMoney('１６', 'USD'), 1600);
  assert.equal(parseMoney('1.234', 'USD'), null);
  assert.equal(parseMoney('-1', 'USD'), null);
  assert.equal(parseMoney('12.5', 'JPY'), null);
  assert.equal(moneyInput(5, 'USD'), '0.05');
});

test('a reduction is whole percent and never below zero', () => {
  assert.equal(reduction(164900, 189900), 13);
  assert.equal(reduction(100, 100), 0);
});
