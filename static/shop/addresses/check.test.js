import assert from 'node:assert/strict';
import { test } from 'node:test';
import { faultsOf } from './check.js';

const good = { name: 'Bob', phone: '+1 555 0100', address: '1 Clover Street\nSpringfield', postcode: '62701', country: 'US', is_default: false };

test('a whole address has no faults', () => assert.deepEqual(faultsOf(good), {}));

test('digits of any script count', () => {
  assert.deepEqual(faultsOf({ ...good, phone: '٠١٢٣٤' }), {});
  assert.deepEqual(faultsOf({ ...good, phone: '1234' }), { phone: 'needDigits' });
});

test('every fault is told at once', () => assert.deepEqual(faultsOf({ name: ' ', phone: '', address: '1\n2\n3\n4\n5', postcode: '1'.repeat(17), country: 'US', is_default: false }),
  { name: 'needName', phone: 'needPhone', address: 'fourLines', postcode: 'longPostcode' }));

test('a postcode is not asked for: there are countries without', () => assert.deepEqual(faultsOf({ ...good, postcode: '' }), {}));
