import assert from 'node:assert/strict';
import test from 'node:test';
import { change, highest, readAudit, saleDays, tickPlaces } from './figures.js';

test('a change is told against what was before, and not against nothing', () => {
  assert.equal(change(112, 100)?.toFixed(2), '0.12');
  assert.equal(change(5, 0), null);
});

test('days on which a sale ran are found', () => {
  const stats = /** @type {any} */ ({ revenue: ['2026-11-20', '2026-11-21', '2026-11-22'].map((day) => ({ day, amount: 0 })),
    sales: [{ starts_at: '2026-11-21T23:59:00.000Z', ends_at: '2026-11-22T00:05:00.000Z' }] });
  assert.deepEqual([...saleDays(stats)], [1, 2]);
});

test('the axis has at most four words', () => {
  assert.deepEqual(tickPlaces(30), [0, 10, 19, 29]);
  assert.deepEqual(tickPlaces(1), [0]);
  assert.equal(highest([1, 9, 3]), 1);
});

test('an audit is read, also one that never was, or could not check', () => {
  const finished_at = '2026-11-27T19:24:53.046Z', breach = { invariant: 'I3', subject: 'order:7', detail: 'paid twice' };
  assert.equal(readAudit({ running: false, last: null }).state, 'never');
  const last = { finished_at, clean: true, report: { breaches: [], checked: { rows: { user: 3, sku: 70 } } } };
  assert.deepEqual(readAudit({ running: false, last }), { state: 'clean', at: finished_at, breaches: [], rows: 73 });
  assert.equal(readAudit({ running: true, last }).state, 'running');
  assert.deepEqual(readAudit({ running: false, last: { finished_at, clean: false, report: { breaches: [breach] } } }), { state: 'breached', at: finished_at, breaches: [breach], rows: null });
  assert.equal(readAudit({ running: false, last: { finished_at, clean: null, report: null } }).state, 'failed');
});
