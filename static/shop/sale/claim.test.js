import assert from 'node:assert/strict';
import test from 'node:test';
import { Problem } from '../../lib/problem.js';
import { backoff, meaningOf } from './answers.js';
import { claims } from './claim.js';
import { anOrder, START } from './fixtures.test.js';

/** @typedef {import('./machine.js').Claim} Claim */

function memory() {
  /** @type {Map<string, any>} */
  const kept = new Map();
  return { kept, get: (/** @type {string} */ key) => kept.get(key) ?? null, set: (/** @type {string} */ key, /** @type {any} */ value) => void kept.set(key, value), remove: (/** @type {string} */ key) => void kept.delete(key) };
}

const ok = (/** @type {number} */ status, /** @type {any} */ data, headers = {}) => ({ status, data, headers: new Headers(headers) });
const no = (/** @type {number} */ status, /** @type {string} */ code, more = {}) => new Problem({ status, code, ...more });
const tick = () => new Promise((resolve) => { setTimeout(resolve, 5); });

/**
 * A shop that gives the prepared answers in turn, and writes down what it was asked.
 * @param {any[]} answers
 * @param {{store?: ReturnType<typeof memory>, tickets?: any[], adopted?: 'full' | 'lapsed' | 'unclear', untilStart?: number}} [more]
 */
function desk(answers, { store = memory(), tickets = [], adopted = 'full', untilStart = -1000 } = {}) {
  const log = { keys: /** @type {string[]} */ ([]), bodies: /** @type {(number | null)[]} */ ([]), said: /** @type {(Claim | null)[]} */ ([]), won: /** @type {any[]} */ ([]), heard: /** @type {string[]} */ ([]), adopted: /** @type {string[][]} */ ([]), pauses: /** @type {number[]} */ ([]), early: 0, out: 0, looked: /** @type {string[]} */ ([]) };
  const next = (/** @type {any[]} */ queue) => { const answer = queue.shift(); if (answer === undefined) return new Promise(() => {}); if (answer instanceof Error) return Promise.reject(answer); return Promise.resolve(answer); };
  const press = claims(5, 2, { store, send: (key, addressId) => { log.keys.push(key); log.bodies.push(addressId); return next(answers); }, look: (id) => { log.looked.push(id); return next(tickets); },
    won: (order) => { log.won.push(order); }, adopt: async (ids) => { log.adopted.push(ids); return adopted; }, say: (said) => { log.said.push(said); }, heard: (state) => { log.heard.push(state); },
    now: () => START, untilStart: () => untilStart, tooEarly: () => { log.early += 1; }, loggedOut: () => { log.out += 1; }, pause: async (ms) => { log.pauses.push(Math.round(ms)); }, network: async () => {} });
  return { press, log, store, last: () => log.said[log.said.length - 1], free: () => store.kept.size === 0 };
}

test('one press, one key, one order', async () => {
  const it = desk([ok(201, anOrder())]);
  it.press.press(3);
  assert.deepEqual(it.log.said, [{ step: 'asking', since: START, unsure: undefined, early: false }], 'the button is locked before anything is sent');
  await tick();
  assert.deepEqual([it.log.won.length, it.last(), it.free(), it.log.bodies], [1, null, true, [3]]);
});

test('a double click asks once', async () => {
  const it = desk([ok(201, anOrder())]);
  it.press.press(null);
  it.press.press(null);
  it.press.press(null);
  await tick();
  assert.equal(it.log.keys.length, 1);
});

test('a lost answer is asked for again under the same key and address', async () => {
  const it = desk([no(0, 'no_answer'), no(0, 'timeout'), no(502, 'unavailable'), no(409, 'idempotency_in_flight'), ok(201, anOrder())]);
  it.press.press(3);
  await tick();
  assert.equal(new Set(it.log.keys).size, 1);
  assert.deepEqual([it.log.keys.length, new Set(it.log.bodies).size, it.log.won.length, it.free()], [5, 1, 1, true]);
  assert.ok(it.log.said.some((said) => said?.step === 'asking' && said.unsure));
});

test('after a reload the press is taken up under its key', async () => {
  const before = desk([]), { store } = before;
  before.press.press(3);
  await tick();
  before.press.stop();
  const after = desk([ok(201, anOrder())], { store });
  after.press.resume();
  await tick();
  assert.deepEqual([after.log.keys, after.log.bodies, after.log.won.length, after.free()], [before.log.keys, [3], 1, true]);
});

test('after a reload a ticket is looked at, not claimed anew', async () => {
  const before = desk([ok(202, { id: 'ticket-1' }, { 'Retry-After': '2' })]), { store } = before;
  before.press.press(null);
  await tick();
  assert.deepEqual([before.last(), before.log.pauses], [{ step: 'ticket', ticket: 'ticket-1', since: START }, [2000]]);
  before.press.stop();
  const after = desk([], { store, tickets: [ok(200, { state: 'pending' }, { 'Retry-After': '1' }), ok(200, { state: 'won', order_id: 'order-1' })] });
  after.press.resume();
  await tick();
  assert.deepEqual([after.log.looked, after.log.keys, after.log.adopted, after.free(), after.last()], [['ticket-1', 'ticket-1'], [], [['order-1']], true, null]);
});

test('nothing is taken up that was never pressed, or is long ago', () => {
  const it = desk([]);
  it.press.resume();
  assert.equal(it.log.keys.length, 0);
  const { store } = desk([]);
  store.set('stampede_key:claim:5:2', 'old');
  store.set('stampede_claim:5:2', { since: START - 11 * 60_000, addressId: null });
  const later = desk([], { store });
  later.press.resume();
  assert.deepEqual([later.log.keys.length, later.free()], [0, true]);
});

test('a ticket that nobody knows is asked for by its key', async () => {
  const it = desk([ok(202, { id: 'ticket-1' }), ok(201, anOrder())], { tickets: [no(404, 'not_found')] });
  it.press.press(null);
  await tick();
  assert.deepEqual([it.log.keys.length, new Set(it.log.keys).size, it.log.won.length], [2, 1, 1]);
});

test('a ticket survives answers that do not come', async () => {
  const it = desk([ok(202, { id: 'ticket-1' })], { tickets: [no(0, 'no_answer'), no(503, 'overloaded', { retryAfter: 2 }), ok(200, { state: 'won', order_id: 'order-1' })] });
  it.press.press(null);
  await tick();
  assert.deepEqual([it.log.looked.length, it.free()], [3, true]);
});

test('a refused ticket tells why', async () => {
  for (const [reason, told] of [['ticket_lost', 'ticket_lost'], ['address_not_found', 'address_gone'], ['address_required', 'address_required']]) {
    const it = desk([ok(202, { id: 'ticket-1' })], { tickets: [ok(200, { state: 'refused', reason })] });
    it.press.press(null);
    await tick();
    assert.deepEqual([/** @type {any} */ (it.last()).reason, it.free()], [told, true]);
  }
});

test('too early by a blink: asks at the start, by itself, under the same key', async () => {
  const it = desk([no(425, 'sale_not_started', { retryAfter: 1 }), no(425, 'sale_not_started', { retryAfter: 1 }), ok(201, anOrder())], { untilStart: 40 });
  it.press.press(null);
  await tick();
  assert.deepEqual([it.log.won.length, new Set(it.log.keys).size, it.log.pauses], [1, 1, [80, 140]]);
});

test('much too early: the clock and the start are asked for again', async () => {
  const it = desk([no(425, 'sale_not_started', { retryAfter: 59 })]);
  it.press.press(null);
  await tick();
  assert.deepEqual([it.log.early, it.last(), it.free()], [1, null, true]);
});

test('too fast or too many: a pause, and a free key', async () => {
  for (const [problem, cause] of /** @type {const} */ ([[no(429, 'rate_limited', { retryAfter: 3 }), 'fast'], [no(503, 'sale_busy', { retryAfter: 3 }), 'crowd'], [no(503, 'overloaded', { retryAfter: 3 }), 'crowd']])) {
    const it = desk([problem]);
    it.press.press(null);
    await tick();
    assert.deepEqual([it.last(), it.free()], [{ step: 'wait', until: START + 3000, cause }, true]);
  }
});

test('where an earlier sending went unanswered, a refusal that changes nothing settles nothing', async () => {
  const it = desk([no(0, 'timeout'), no(429, 'rate_limited', { retryAfter: 3 }), no(503, 'sale_paused', { retryAfter: 2 }), ok(201, anOrder())]);
  it.press.press(null);
  await tick();
  assert.deepEqual([new Set(it.log.keys).size, it.log.won.length], [1, 1]);
  assert.ok(it.log.pauses[1] >= 3000 && it.log.pauses[2] >= 2000, String(it.log.pauses));
});

test('the shop’s word on the sale is passed on', async () => {
  for (const [problem, heard, claim] of /** @type {const} */ ([[no(410, 'sold_out'), 'sold_out', { step: 'late' }], [no(410, 'sale_ended'), 'ended', null], [no(410, 'sale_cancelled'), 'cancelled', null], [no(503, 'sale_paused', { retryAfter: 1 }), 'paused', null]])) {
    const it = desk([problem]);
    it.press.press(null);
    await tick();
    assert.deepEqual([it.log.heard, it.last(), it.free()], [[heard], claim, true]);
  }
});

test('at the limit the named orders are fetched', async () => {
  const limit = () => no(409, 'limit_reached', { more: { order_ids: ['a', 'b'] } });
  for (const [adopted, claim] of /** @type {const} */ ([['full', null], ['lapsed', { step: 'wait', until: START + 2000, cause: 'crowd' }], ['unclear', { step: 'limit', orderIds: ['a', 'b'] }]])) {
    const it = desk([limit()], { adopted });
    it.press.press(null);
    await tick();
    assert.deepEqual([it.log.adopted, it.last(), it.free()], [[['a', 'b']], claim, true]);
  }
});

test('recorded refusals free the key and tell why', async () => {
  const gone = no(404, 'not_found', { errors: [{ field: 'address_id', code: 'not_found' }] });
  for (const [problem, reason] of /** @type {const} */ ([[gone, 'address_gone'], [no(422, 'address_required'), 'address_required'], [no(409, 'ticket_lost'), 'ticket_lost'], [no(404, 'not_found'), 'other'], [no(403, 'forbidden'), 'other'], [no(422, 'idempotency_key_reused'), 'other']])) {
    const it = desk([problem, ok(201, anOrder())]);
    it.press.press(8);
    await tick();
    assert.deepEqual([/** @type {any} */ (it.last()).reason, it.free()], [reason, true]);
    it.press.press(9);
    await tick();
    assert.deepEqual([it.log.keys.length, new Set(it.log.keys).size, it.log.bodies], [2, 2, [8, 9]], 'claim again is a new claim');
  }
});

test('without a log-in the way back is kept and the key is not', async () => {
  const it = desk([no(401, 'unauthenticated')]);
  it.press.press(null);
  await tick();
  assert.deepEqual([it.log.out, it.last(), it.free()], [1, null, true]);
});

test('unanswered questions are repeated less and less often, and spread', () => {
  assert.ok(backoff(0, 0) >= 300 && backoff(0, 1) <= 500);
  assert.ok(backoff(9, 1) <= 6250 && backoff(30, 0) >= 3750);
  assert.equal(meaningOf(no(503, 'unavailable'), false).kind, 'again', 'a proxy’s 503 tells nothing');
});
