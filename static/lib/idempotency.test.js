import assert from 'node:assert/strict';
import test from 'node:test';
import { isPending, keyFor, once } from './idempotency.js';
import { Problem } from './problem.js';

function memory() {
  /** @type {Map<string, any>} */
  const kept = new Map();
  return { get: (/** @type {string} */ key) => kept.get(key) ?? null, set: (/** @type {string} */ key, /** @type {any} */ value) => void kept.set(key, value), remove: (/** @type {string} */ key) => void kept.delete(key) };
}

test('one intent has one key until its answer is known', async () => {
  const store = memory();
  const key = keyFor('pay:1', store);
  assert.equal(keyFor('pay:1', store), key);
  assert.notEqual(keyFor('pay:2', store), key);
  assert.equal(await once('pay:1', async (used) => used, store), key);
  assert.equal(isPending('pay:1', store), false);
});

test('a refusal frees the key', async () => {
  const store = memory();
  await assert.rejects(once('pay:1', async () => { throw new Problem({ status: 402, code: 'insufficient_balance' }); }, store));
  assert.equal(isPending('pay:1', store), false);
});

test('a lost answer keeps it', async () => {
  for (const problem of [new Problem({ code: 'no_answer' }), new Problem({ status: 503, code: 'unavailable' }), new Problem({ status: 409, code: 'idempotency_in_flight' })]) {
    const store = memory();
    await assert.rejects(once('order', async () => { throw problem; }, store));
    assert.equal(isPending('order', store), true, problem.code);
  }
});
