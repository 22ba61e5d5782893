import assert from 'node:assert/strict';
import { test } from 'node:test';
import { standing, usable, withCode } from './codes.js';

/** @type {any} */
const quote = { promotions: [{ id: 1, name: 'Spring', code: 'Spring', discount: 100 }, { id: 2, name: 'Large', code: null, discount: 5 }],
  rejected_codes: [{ code: 'OLD', reason: 'ended' }] };

test('a code is taken once, however it is written', () => {
  assert.deepEqual(withCode([], ' SPRING '), { codes: ['SPRING'] });
  assert.deepEqual(withCode(['SPRING'], 'ｓｐｒｉｎｇ'), { fault: 'codeTwice' });
  assert.deepEqual(withCode(['STRASSE'], 'straße'), { fault: 'codeTwice' });
});

test('what cannot be a code is told before it is sent', () => {
  assert.deepEqual(withCode([], '  '), { fault: 'codeEmpty' });
  assert.deepEqual(withCode([], 'TWO WORDS'), { fault: 'codeBlanks' });
  assert.deepEqual(withCode([], 'X'.repeat(33)), { fault: 'codeBlanks' });
  assert.deepEqual(withCode(['1', '2', '3', '4', '5'], '6'), { fault: 'codeFull' });
});

test('a quote says of each code what it does, or why not', () => {
  assert.deepEqual(standing(quote, 'SPRING'), { reason: null, promotion: quote.promotions[0] });
  assert.deepEqual(standing(quote, 'OLD'), { reason: 'ended', promotion: null });
});

test('an order is placed with the codes that its quote takes', () => assert.deepEqual(usable(quote, ['SPRING', 'OLD']), ['SPRING']));
