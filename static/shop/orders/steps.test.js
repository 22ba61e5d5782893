import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stepsOf } from './steps.js';

const at = '2026-03-14T20:00:00.000Z';
/** @param {any} more @returns {any} */
const order = (more) => ({ created_at: at, paid_at: null, shipped_at: null, completed_at: null, cancelled_at: null, ...more });
/** @param {any} one */
const brief = (one) => stepsOf(one).map(({ key, state }) => `${key.slice(4)} ${state}`).join(', ');

test('an order goes on from step to step', () => {
  assert.equal(brief(order({ status: 'unpaid' })), 'Placed now, Paid todo, Shipped todo, Received todo');
  assert.equal(brief(order({ status: 'paid', paid_at: at })), 'Placed done, Paid now, Shipped todo, Received todo');
  assert.equal(brief(order({ status: 'shipped', paid_at: at, shipped_at: at })), 'Placed done, Paid done, Shipped now, Received todo');
  assert.equal(brief(order({ status: 'completed', paid_at: at, shipped_at: at, completed_at: at })), 'Placed done, Paid done, Shipped done, Received done');
});

test('one that ended early shows what happened and nothing to come', () => {
  assert.equal(brief(order({ status: 'cancelled', cancelled_at: at })), 'Placed done, Cancelled now');
  const refunded = order({ status: 'refunded', paid_at: at, history: [{ to: 'unpaid', at }, { to: 'refunded', at: '2026-03-15T09:00:00.000Z' }] });
  assert.equal(brief(refunded), 'Placed done, Paid done, Refunded now');
  assert.equal(stepsOf(refunded)[2].at, '2026-03-15T09:00:00.000Z');
});
