import assert from 'node:assert/strict';
import test from 'node:test';
import { aSale, anOrder, END, MINUTE, someFacts, START } from './fixtures.test.js';
import { comingBack, holdings, judge, nextInstant } from './machine.js';
import { everyday, nextTurn, phaseOf } from './phase.js';

/** @typedef {import('./machine.js').Facts} Facts */
/** @typedef {import('./machine.js').State} State */

/** @param {Partial<Facts>} changes */
const stateOf = (changes) => judge(someFacts(changes)).state;
const scheduled = () => aSale({ state: 'scheduled', stock_left: 200 });
const soldOut = () => aSale({ state: 'sold_out', stock_left: 0 });
const asking = /** @type {const} */ ({ step: 'asking', since: START });
const ticket = /** @type {const} */ ({ step: 'ticket', ticket: 't', since: START });

test('the clock opens and closes between two answers of the shop', () => {
  const table = /** @type {[number, State][]} */ ([[START - 11 * MINUTE, 'upcoming'], [START - 10 * MINUTE - 1, 'upcoming'], [START - 10 * MINUTE, 'warming'], [START - 1, 'warming'],
    [START, 'live'], [END - 1, 'live'], [END, 'ended'], [END + MINUTE, 'ended']]);
  for (const [now, state] of table) assert.equal(stateOf({ sale: scheduled(), now }), state, String(now - START));
});

test('what the shop has done counts, whatever the clock says', () => {
  assert.equal(stateOf({ sale: aSale(), now: START - 5000 }), 'live', 'it has opened, our clock is late');
  assert.equal(stateOf({ sale: aSale({ state: 'ended' }), now: START + MINUTE }), 'ended');
  assert.equal(stateOf({ sale: aSale({ state: 'cancelled' }), now: START - MINUTE }), 'cancelled');
  assert.equal(stateOf({ sale: aSale({ state: 'cancelled' }), now: END + MINUTE }), 'cancelled');
  assert.equal(stateOf({ sale: aSale({ state: 'paused' }), now: START - 20 * MINUTE }), 'paused');
  assert.equal(stateOf({ sale: aSale({ state: 'paused' }) }), 'paused');
  assert.equal(stateOf({ sale: aSale({ state: 'paused' }), now: END }), 'ended');
});

test('sold out is told by the shop or by its last unit', () => {
  assert.equal(stateOf({ sale: soldOut() }), 'sold_out');
  assert.equal(stateOf({ sale: aSale({ stock_left: 0 }) }), 'sold_out');
  assert.equal(stateOf({ sale: aSale({ stock_left: 1 }) }), 'live', 'a unit has come back');
  assert.equal(stateOf({ sale: soldOut(), now: END }), 'ended');
});

test('strangers log in only where they would press', () => {
  const stranger = { member: false };
  assert.equal(stateOf({ ...stranger, sale: scheduled(), now: START - 20 * MINUTE }), 'upcoming');
  assert.equal(stateOf({ ...stranger, sale: scheduled(), now: START - MINUTE }), 'warming');
  assert.equal(stateOf({ ...stranger }), 'need_login');
  assert.equal(stateOf({ ...stranger, sale: soldOut() }), 'sold_out');
  assert.equal(stateOf({ ...stranger, sale: aSale({ state: 'paused' }) }), 'paused');
  assert.equal(stateOf({ ...stranger, now: END }), 'ended');
  assert.equal(stateOf({ ...stranger, claim: asking, orders: [anOrder()] }), 'need_login', 'what was another visitor’s is forgotten');
});

test('a press goes from submitting to queued to won', () => {
  assert.equal(stateOf({ claim: asking }), 'submitting');
  assert.equal(stateOf({ claim: ticket }), 'queued');
  assert.equal(stateOf({ orders: [anOrder()] }), 'won');
  for (const claim of [asking, ticket]) assert.equal(judge(someFacts({ claim })).pressed, true);
});

test('a press outlives the end, the sell-out and the pause: its answer is still to come', () => {
  for (const changes of [{ now: END + 1000 }, { sale: soldOut() }, { sale: aSale({ state: 'paused' }) }, { sale: aSale({ state: 'cancelled' }) }]) {
    assert.equal(stateOf({ ...changes, claim: asking }), 'submitting');
    assert.equal(stateOf({ ...changes, claim: ticket }), 'queued');
    assert.equal(stateOf({ ...changes, orders: [anOrder()] }), 'won');
  }
});

test('without a network a press waits, a ticket and a win stand', () => {
  assert.equal(stateOf({ online: false, claim: asking }), 'offline');
  assert.equal(judge(someFacts({ online: false, claim: asking })).pressed, true);
  assert.equal(stateOf({ online: false, claim: ticket }), 'queued');
  assert.equal(stateOf({ online: false, orders: [anOrder()] }), 'won');
});

test('without a network the desk is shut from ten minutes before until the end', () => {
  const away = { online: false };
  assert.equal(stateOf({ ...away, sale: scheduled(), now: START - 11 * MINUTE }), 'upcoming');
  assert.equal(stateOf({ ...away, sale: scheduled(), now: START - MINUTE }), 'offline');
  assert.equal(stateOf({ ...away }), 'offline');
  assert.equal(stateOf({ ...away, sale: soldOut() }), 'offline');
  assert.equal(stateOf({ ...away, member: false }), 'offline');
  assert.equal(stateOf({ ...away, now: END }), 'ended');
  assert.equal(stateOf({ ...away, orders: [anOrder({ status: 'paid' })] }), 'already_bought');
});

test('too fast, too many: the button comes back by itself', () => {
  const claim = /** @type {const} */ ({ step: 'wait', until: START + MINUTE + 3000, cause: 'fast' });
  assert.equal(stateOf({ claim }), 'throttled');
  assert.equal(judge(someFacts({ claim })).until, claim.until);
  assert.equal(stateOf({ claim, now: claim.until - 1 }), 'throttled');
  assert.equal(stateOf({ claim, now: claim.until }), 'live');
  assert.equal(stateOf({ claim, sale: soldOut() }), 'sold_out');
  assert.equal(stateOf({ claim, sale: aSale({ state: 'paused' }) }), 'paused');
  assert.equal(stateOf({ claim, now: claim.until, sale: soldOut() }), 'sold_out');
});

test('a recorded refusal is lost, with its reason, while there is something to claim', () => {
  for (const reason of /** @type {const} */ (['ticket_lost', 'address_gone', 'address_required', 'other'])) {
    const claim = /** @type {const} */ ({ step: 'refused', reason, code: 'x' });
    assert.deepEqual([judge(someFacts({ claim })).state, judge(someFacts({ claim })).reason], ['lost', reason]);
    assert.equal(stateOf({ claim, sale: soldOut() }), 'sold_out');
    assert.equal(stateOf({ claim, now: END }), 'ended');
  }
});

test('who came late hears so', () => {
  const claim = /** @type {const} */ ({ step: 'late' });
  assert.deepEqual([judge(someFacts({ claim, sale: soldOut() })).state, judge(someFacts({ claim, sale: soldOut() })).late], ['sold_out', true]);
  assert.equal(stateOf({ claim }), 'live', 'and may press again when one is back');
});

test('an order that was not paid for in time is lost, and the button is back', () => {
  const order = anOrder(), payBy = START + 3418 + 15 * MINUTE, sale = aSale({ ends_at: new Date(payBy + MINUTE).toISOString() });
  assert.equal(stateOf({ sale, orders: [order], now: payBy - 1 }), 'won');
  assert.equal(stateOf({ sale, orders: [order], now: payBy }), 'lost');
  assert.equal(judge(someFacts({ sale, orders: [order], now: payBy })).reason, 'lapsed');
  const cancelled = anOrder({ status: 'cancelled', cancel_reason: 'unpaid' });
  assert.equal(stateOf({ orders: [cancelled] }), 'lost');
  assert.equal(stateOf({ orders: [cancelled], claim: asking }), 'submitting');
  assert.equal(stateOf({ orders: [anOrder({ id: 'new' }), cancelled] }), 'won');
  assert.equal(stateOf({ orders: [anOrder({ status: 'cancelled', cancel_reason: 'buyer' })] }), 'live', 'cancelled by the buyer: as if nothing was');
});

test('who has as many as there may be has them, through pause, sell-out and end', () => {
  for (const status of /** @type {const} */ (['paid', 'shipped', 'completed'])) {
    for (const changes of [{}, { sale: soldOut() }, { sale: aSale({ state: 'paused' }) }, { now: END }]) {
      assert.equal(stateOf({ ...changes, orders: [anOrder({ status })] }), 'already_bought');
    }
  }
  assert.equal(stateOf({ orders: [anOrder({ status: 'paid' })], sale: aSale({ state: 'cancelled' }) }), 'cancelled');
  assert.equal(stateOf({ orders: [anOrder({ status: 'refunded' })] }), 'live');
});

test('the orders that the shop names stand for those that could not be read', () => {
  const verdict = judge(someFacts({ claim: { step: 'limit', orderIds: ['order-8', 'order-9'] } }));
  assert.deepEqual([verdict.state, verdict.orderId, verdict.order], ['already_bought', 'order-8', null]);
});

test('a limit above one leaves room for another', () => {
  const sale = aSale({ per_user_limit: 3 });
  const won = judge(someFacts({ sale, orders: [anOrder()] }));
  assert.deepEqual([won.state, won.again, won.held], ['won', true, 1]);
  const paid = judge(someFacts({ sale, orders: [anOrder({ status: 'paid' })] }));
  assert.deepEqual([paid.state, paid.again], ['live', true]);
  const full = judge(someFacts({ sale, orders: [anOrder({ status: 'paid', num: 2 }), anOrder({ id: 'order-0', status: 'shipped' })] }));
  assert.deepEqual([full.state, full.again, full.held], ['already_bought', false, 3]);
  for (const changes of [{ sale: aSale({ per_user_limit: 3, state: 'sold_out', stock_left: 0 }) }, { sale: aSale({ per_user_limit: 3, state: 'paused' }) }, { sale, online: false }, { sale, now: END }]) {
    assert.equal(judge(someFacts({ ...changes, orders: [anOrder()] })).again, false);
    assert.equal(judge(someFacts({ ...changes, orders: [anOrder()] })).state, 'won');
  }
  assert.equal(stateOf({ sale, orders: [anOrder({ status: 'paid' })], now: END }), 'already_bought');
  assert.equal(stateOf({ sale, orders: [anOrder()], claim: asking }), 'submitting');
});

test('the unpaid order comes before the paid ones', () => {
  const verdict = judge(someFacts({ sale: aSale({ per_user_limit: 5 }), orders: [anOrder({ id: 'new', status: 'paid' }), anOrder({ id: 'old' })] }));
  assert.deepEqual([verdict.state, verdict.orderId], ['won', 'old']);
  assert.equal(holdings([], START).newest, null);
});

test('every combination of facts has a state, and only a live desk can be pressed', () => {
  const claims = /** @type {Facts['claim'][]} */ ([null, asking, ticket, { step: 'late' }, { step: 'refused', reason: 'other', code: 'x' }, { step: 'wait', until: START + 2 * MINUTE, cause: 'crowd' }, { step: 'limit', orderIds: ['o'] }]);
  const states = /** @type {const} */ (['scheduled', 'live', 'paused', 'sold_out', 'ended', 'cancelled']);
  const orders = [[], [anOrder()], [anOrder({ status: 'paid' })], [anOrder({ status: 'cancelled', cancel_reason: 'unpaid' })]];
  let count = 0;
  for (const state of states) for (const left of [0, 9]) for (const limit of [1, 2]) for (const now of [START - 20 * MINUTE, START - 1, START, END])
    for (const member of [true, false]) for (const online of [true, false]) for (const claim of claims) for (const own of orders) {
      const facts = someFacts({ sale: aSale({ state, stock_left: left, per_user_limit: limit }), now, member, online, claim, orders: own });
      const verdict = judge(facts);
      count += 1;
      assert.ok(verdict.state, JSON.stringify(facts));
      if (verdict.state === 'live' || verdict.state === 'lost' || verdict.again) assert.ok(verdict.phase === 'live' && member && online, JSON.stringify(verdict));
      if (verdict.state === 'won') assert.ok(verdict.order?.pay_by);
      assert.deepEqual(judge(facts), verdict, 'the same facts, the same verdict');
    }
  assert.equal(count, 6 * 2 * 2 * 4 * 2 * 2 * 7 * 4);
});

test('the next turn of the clock', () => {
  const sale = scheduled();
  assert.equal(nextTurn(sale, START - 20 * MINUTE), START - 10 * MINUTE);
  assert.equal(nextTurn(sale, START - 10 * MINUTE), START);
  assert.equal(nextTurn(sale, START), END);
  assert.equal(nextTurn(aSale(), START - 5), END, 'it has opened');
  assert.equal(nextTurn(aSale(), END), Infinity);
  assert.equal(nextTurn(aSale({ state: 'cancelled' }), START), Infinity);
  assert.equal(phaseOf(sale, START - 10 * MINUTE), 'warming');
  assert.equal(nextInstant(someFacts({ orders: [anOrder()] })), START + 3418 + 15 * MINUTE);
  assert.equal(nextInstant(someFacts({ claim: { step: 'wait', until: START + 2 * MINUTE, cause: 'fast' } })), START + 2 * MINUTE);
  assert.equal(nextInstant(someFacts({})), Infinity);
});

test('by when unpaid units come back', () => {
  const known = { seenSoldOutAt: START + 48_000, payWithinMs: 15 * MINUTE, endsAt: START + 60 * MINUTE };
  const by = START + 48_000 + 15 * MINUTE;
  assert.deepEqual(comingBack({ ...known, now: START + 48_000 }), { kind: 'by', at: by });
  assert.deepEqual(comingBack({ ...known, now: by }), { kind: 'hardly', at: known.endsAt });
  assert.deepEqual(comingBack({ ...known, endsAt: END, now: START + 48_000 }), { kind: 'until_end', at: END });
  assert.deepEqual(comingBack({ ...known, endsAt: by, now: START + 48_000 }), { kind: 'until_end', at: by });
});

test('the everyday price is that of the SKU in the sale', () => {
  assert.deepEqual([everyday(aSale())?.price, everyday(aSale())?.inStock], [79900, true]);
  assert.equal(everyday(aSale({ sku_id: 8 })), null);
});
