import assert from 'node:assert/strict';
import test from 'node:test';
import { announcement } from './announce.js';
import { aSale, anOrder, END, MINUTE, someFacts, START } from './fixtures.test.js';
import { judge } from './machine.js';
import { calendar, fold } from './reminder.js';
import { paceOf, rowsOf } from './rows.js';

/** @typedef {import('./machine.js').Facts} Facts */
/** @type {import('./rows.js').Around} */
const AROUND = { seenAt: START + 48_000, soldOut: null, payWithinMs: 15 * MINUTE, addresses: [/** @type {any} */ ({ id: 3, name: 'Alice', address: '12 Harbour Street\nSpringfield', is_default: true })], chosen: 3, delivery: null, precision: 8, watched: false, offered: 200, next: null, network: true };

/** @param {Partial<Facts>} facts @param {Partial<import('./rows.js').Around>} [around] */
function rows(facts, around = {}) {
  const all = someFacts(facts);
  return rowsOf(all, judge(all), { ...AROUND, ...around });
}
/** @param {Partial<Facts>} facts @param {Partial<import('./rows.js').Around>} [around] */
const buttons = (facts, around) => rows(facts, around).buttons.map(({ words, disabled, busy, href }) => `${words.key}${disabled ? ' shut' : ''}${busy ? ' busy' : ''}${href ? ` → ${href}` : ''}`);
const scheduled = aSale({ state: 'scheduled', stock_left: 200 }), none = aSale({ state: 'sold_out', stock_left: 0 });

test('one button a state', () => {
  assert.deepEqual(buttons({ sale: scheduled, now: START - 60 * MINUTE }), ['remind']);
  assert.deepEqual(buttons({ sale: scheduled, now: START - MINUTE }), ['opensExactly shut']);
  assert.deepEqual(buttons({ sale: scheduled, now: START - MINUTE, member: false }), ['logIn → /login?next=%2Fsale%2F5']);
  assert.deepEqual(buttons({}), ['claim']);
  assert.deepEqual(buttons({ claim: { step: 'asking', since: START } }), ['claiming busy']);
  assert.deepEqual(buttons({ claim: { step: 'ticket', ticket: 't', since: START } }), ['waiting busy']);
  assert.deepEqual(buttons({ orders: [anOrder()] }), ['pay → /checkout?order=order-1']);
  assert.deepEqual(buttons({ claim: { step: 'refused', reason: 'ticket_lost', code: 'ticket_lost' } }), ['claimAgain']);
  assert.deepEqual(buttons({ sale: none }), ['tellMe']);
  assert.deepEqual(buttons({ now: END }), ['buyFor → /checkout?sku=7&num=1']);
  assert.deepEqual(buttons({ sale: aSale({ state: 'cancelled' }) }), ['buyFor → /checkout?sku=7&num=1']);
  assert.deepEqual(buttons({ orders: [anOrder({ status: 'paid' })] }), ['seeOrder → /order/order-1']);
  assert.deepEqual(buttons({ member: false }), ['logIn → /login?next=%2Fsale%2F5']);
  assert.deepEqual(buttons({ claim: { step: 'wait', until: START + MINUTE + 2100, cause: 'fast' } }), ['claimIn shut']);
  assert.deepEqual(buttons({ sale: aSale({ state: 'paused' }) }), ['paused shut']);
  assert.deepEqual(buttons({ online: false }, { network: false }), ['waitNetwork shut']);
  assert.deepEqual(buttons({ online: false }), ['waitShop shut']);
});

test('where the limit allows another one, it is claimed beside the payment or after it', () => {
  const sale = aSale({ per_user_limit: 2 });
  assert.deepEqual(buttons({ sale, orders: [anOrder()] }), ['pay → /checkout?order=order-1', 'claimAgain']);
  assert.deepEqual(buttons({ sale, orders: [anOrder({ status: 'paid' })] }), ['claimAgain']);
  assert.deepEqual(buttons({ sale, orders: [anOrder()], claim: { step: 'wait', until: START + 2 * MINUTE, cause: 'crowd' } }), ['pay → /checkout?order=order-1', 'claimIn shut']);
});

test('what is sold out at the everyday price is not offered at it', () => {
  const sale = aSale({ state: 'ended' });
  sale.product.skus[0].num = 0;
  assert.deepEqual(buttons({ sale }), ['seeProduct → /p/9']);
});

test('the pause is counted in whole seconds', () => {
  const claim = /** @type {const} */ ({ step: 'wait', until: START + MINUTE + 2100, cause: 'fast' });
  assert.deepEqual(rows({ claim }).buttons[0].words.with, { n: 3 });
  assert.deepEqual(rows({ claim, now: START + MINUTE + 1200 }).buttons[0].words.with, { n: 1 });
});

test('the sell-out is dated only when it was seen, and by when units come back by what is known', () => {
  const sale = aSale({ state: 'sold_out', stock_left: 0, ends_at: new Date(START + 60 * MINUTE).toISOString() });
  const seen = { at: START + 48_000, exact: true };
  assert.deepEqual(rows({ sale }, { soldOut: seen }).head.words, { key: 'allClaimedAfter', with: { span: { left: 48_000 } } });
  assert.deepEqual(rows({ sale }, { soldOut: { ...seen, exact: false } }).head.words, { key: 'allClaimed' });
  const main = rows({ sale }, { soldOut: seen }).main;
  assert.ok(main.kind === 'words');
  assert.deepEqual([main.title.key, main.text], ['goneTitle', { key: 'backBy', with: { at: { time: START + 48_000 + 15 * MINUTE } } }]);
  const late = rows({ sale, claim: { step: 'late' } }, { soldOut: seen }).main;
  assert.ok(late.kind === 'words');
  assert.deepEqual([late.title.key, late.text.key], ['lateTitle', 'lateBackBy']);
});

test('the pace comes from the shop’s figures and rounds down', () => {
  assert.deepEqual(paceOf(138, 200, START, START + 48_000), { key: 'claimedInSeconds', with: { percent: { share: 0.69 }, n: 48 } });
  assert.deepEqual(paceOf(199, 200, START, START + 5 * MINUTE), { key: 'claimedInMinutes', with: { percent: { share: 0.99 }, n: 5 } });
  assert.equal(paceOf(1, 1000, START, START + MINUTE).key, 'claimedFew');
  assert.equal(paceOf(0, 200, START, START + MINUTE).key, 'noneYet');
  assert.equal(paceOf(100, 200, START, START + 2 * 60 * MINUTE).key, 'claimedSince');
});

test('after the books are closed only what was sold is told, unless more was seen', () => {
  const closed = aSale({ state: 'ended', stock_total: 121, stock_left: 0 });
  assert.deepEqual(rows({ sale: closed }, { offered: 200 }).stock.start, { key: 'soldOf', with: { gone: 121, total: 200 } });
  assert.deepEqual(rows({ sale: closed }, { offered: 121 }).stock.start, { key: 'sold', with: { n: 121 } });
});

test('the small print sends to the address book, or asks for an address', () => {
  assert.deepEqual(rows({}).foot.map(({ words }) => words.key), ['oneEach', 'goesTo', 'synced']);
  assert.deepEqual(rows({}).foot[1].words.with, { who: 'Alice, 12 Harbour Street, Springfield' });
  assert.equal(rows({}, { addresses: [], chosen: null }).foot[1].words.key, 'noAddress');
  assert.deepEqual(rows({}, { addresses: null, chosen: null }).foot.map(({ words }) => words.key), ['oneEach', 'synced']);
  assert.equal(rows({ sale: scheduled, now: START - MINUTE }).foot[0].words.key, 'allReady');
});

test('what the delivery adds to the price is told before the press', () => {
  const delivery = { id: 1, name: 'Standard', price: 490, free_from: 10_000, enabled: true };
  const told = (/** @type {number} */ price) => rows({ sale: aSale({ price }) }, { delivery }).foot.find(({ icon }) => icon === 'truck')?.words;
  assert.deepEqual(told(9_999), { key: 'deliveryCosts', with: { name: 'Standard', price: { money: 490 } } });
  assert.deepEqual(told(10_000), { key: 'deliveryFree', with: { name: 'Standard' } });
});

test('it is said: the marks, the start, the result; nothing twice', () => {
  /** @param {Partial<Facts>} facts */
  const moment = (facts) => { const all = someFacts(facts); return { verdict: judge(all), untilStart: START - all.now, untilEnd: END - all.now, left: all.sale.stock_left }; };
  const at = (/** @type {number} */ ms) => moment({ sale: scheduled, now: START - ms });
  assert.equal(announcement(at(600_100), at(599_900))?.key, 'sayTenMinutes');
  assert.equal(announcement(at(60_100), at(59_900))?.key, 'sayOneMinute');
  assert.equal(announcement(at(10_100), at(9900))?.key, 'sayTenSeconds');
  assert.equal(announcement(at(9900), at(9800)), null);
  assert.deepEqual(announcement(at(50), at(0)), { key: 'sayOpen', with: { n: 200 } });
  assert.equal(announcement(moment({}), moment({ now: START + MINUTE + 250 })), null);
  const asked = moment({ claim: { step: 'asking', since: START } });
  assert.equal(announcement(moment({}), asked), null);
  assert.deepEqual(announcement(asked, moment({ orders: [anOrder()] })), { key: 'sayWon', with: { n: 15 } });
  assert.equal(announcement(asked, moment({ sale: none, claim: { step: 'late' } }))?.key, 'sayLate');
  assert.equal(announcement(moment({}), moment({ sale: none }))?.key, 'sayGone');
  assert.equal(announcement(moment({ sale: none }), moment({}))?.key, 'sayReturned');
  assert.equal(announcement(asked, moment({ claim: { step: 'ticket', ticket: 't', since: START } }))?.key, 'sayQueued');
  assert.equal(announcement(moment({}), moment({ now: END }))?.key, 'endedTitle');
  assert.equal(announcement(moment({ now: END - 60_100 }), moment({ now: END - 59_900 }))?.key, 'sayClosing');
});

test('a calendar entry', () => {
  const text = calendar({ uid: 'sale-5@shop', now: START, startsAt: aSale().starts_at, endsAt: aSale().ends_at, title: 'Sale; half, price', text: 'a\nb', url: 'https://shop/sale/5' });
  assert.match(text, /DTSTART:20261127T200000Z\r\nDTEND:20261127T200500Z\r\nSUMMARY:Sale\\; half\\, price\r\nDESCRIPTION:a\\nb/);
  assert.match(text, /TRIGGER:-PT10M/);
  assert.ok(text.split('\r\n').every((line) => new TextEncoder().encode(line).length <= 75));
  assert.equal(fold('限'.repeat(60)).replace(/\r\n /g, ''), '限'.repeat(60));
});
