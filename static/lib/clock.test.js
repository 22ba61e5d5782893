import assert from 'node:assert/strict';
import test from 'node:test';
import { best, sample } from './clock.js';
import { minutesSeconds, parts } from './time.js';

test('the shop read its clock half a round trip after we asked', () => {
  assert.deepEqual(sample(1000, 1040, 500_000), { offset: 498_980, rtt: 40 });
});

test('the sample of the shortest round trip is believed', () => {
  assert.deepEqual(best([{ offset: 1, rtt: 90 }, { offset: 2, rtt: 8 }, { offset: 3, rtt: 30 }]), { offset: 2, rtt: 8 });
});

test('time left is never negative', () => {
  assert.deepEqual(parts(-5), { days: 0, hours: 0, minutes: 0, seconds: 0, tenths: 0 });
  assert.deepEqual(parts(90_061_700), { days: 1, hours: 1, minutes: 1, seconds: 1, tenths: 7 });
  assert.equal(minutesSeconds(872_000), '14:32');
});
