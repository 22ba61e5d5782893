import assert from 'node:assert/strict';
import test from 'node:test';
import { books, EMPTY, forecast, hear, lastVerdict, note } from './history.js';

const OPENS = Date.parse('2026-03-14T20:00:00Z');

/** @param {number} second after the opening @param {any} [more] @returns {import('./history.js').LiveEvent} */
const event = (second, { claims = {}, ...more } = {}) => ({ claims: { won: 0, pending: 0, sold_out: 0, limit_reached: 0, busy: 0, refused: 0, ...claims }, p50_us: 1800, p99_us: 7900, in_flight: 0,
  stock_left: 20, stock_taken: 0, stock_total: 20, epoch: 1, books: 'exact', server_time: new Date(OPENS + second * 1000).toISOString(), ...more });

/** @param {import('./history.js').LiveEvent[]} events @param {number[]} [fresh] which of them begin a connection */
const play = (events, fresh = [0]) => events.reduce((history, one, i) => hear(history, one, { fresh: fresh.includes(i), opens: OPENS }), EMPTY);
const keys = (/** @type {import('./history.js').History} */ history) => history.feed.map((one) => one.key);

test('the first event of a connection has no rates: what came before it was not seen', () => {
  const { seconds, peak } = play([event(5, { claims: { won: 900 } }), event(6, { claims: { won: 400, limit_reached: 12 } })]);
  assert.equal(seconds[0].claims, 0);
  assert.deepEqual(seconds[1].rates, { won: 400, pending: 0, limit: 12, early: 0, soldout: 0, busy: 0 });
  assert.equal(peak, 412);
});

test('claims are counted a second, also when an event came late', () => {
  assert.equal(play([event(0), event(2, { claims: { won: 400 } })]).seconds[1].claims, 200);
});

test('it tells the opening, the first unit, the shares, the end', () => {
  const history = play([event(-1), event(0.5, { stock_left: 18, stock_taken: 2, claims: { won: 2 } }), event(1.5, { stock_left: 9, stock_taken: 11, claims: { won: 9 } }),
    event(2.5, { stock_left: 0, stock_taken: 20, claims: { won: 9 } })]);
  assert.deepEqual(keys(history).sort(), ['firstWon', 'opened', 'peak', 'soldOut', 'taken', 'taken', 'watching']);
  assert.equal(history.feed.find((one) => one.key === 'opened')?.at, OPENS);
  assert.deepEqual(history.feed.filter((one) => one.key === 'taken').map((one) => one.params), [{ n: 20, share: 90 }, { n: 11, share: 50 }]);
});

test('units that come back, other units, another epoch', () => {
  const history = play([event(1, { stock_left: 0, stock_taken: 20 }), event(2, { stock_left: 3, stock_taken: 17 }), event(3, { stock_left: 13, stock_taken: 17, stock_total: 30 }), event(4, { stock_left: 13, stock_taken: 17, stock_total: 30, epoch: 2 })]);
  assert.deepEqual(keys(history), ['epoch', 'resized', 'returned', 'watching']);
  assert.equal(history.feed[2].params?.n, 3);
});

test('a gap is told and kept', () => {
  const history = play([event(1), event(2), event(9, { claims: { won: 70 } })], [0, 2]);
  assert.deepEqual(history.gaps, [{ from: OPENS + 2000, to: OPENS + 9000 }]);
  assert.equal(history.feed[0].key, 'gap');
  assert.equal(history.seconds[2].claims, 0);
});

test('busy answers are one line that grows', () => {
  const history = play([event(0), event(1, { claims: { busy: 200 } }), event(2, { claims: { busy: 140 } }), event(3)]);
  const busy = history.feed.filter((one) => one.key === 'busy');
  assert.deepEqual([busy.length, busy[0].params?.n, busy[0].at], [1, 340, OPENS + 2000]);
});

test('an older event changes nothing', () => {
  const history = play([event(5)]);
  assert.equal(hear(history, event(4), { fresh: false, opens: OPENS }), history);
});

test('the forecast goes by the pace of the last seconds', () => {
  const { seconds } = play([0, 1, 2, 3, 4].map((s) => event(s, { stock_left: 200 - s * 20, stock_taken: s * 20, stock_total: 200 })));
  assert.deepEqual(forecast(seconds), { at: OPENS + 10_000, seconds: 6 });
  assert.equal(forecast(play([event(0), event(1)]).seconds), null);
  assert.equal(forecast([]), null);
});

test('the books are shown as they were told', () => {
  const at = (/** @type {any} */ more) => books(play([event(0, more)]).seconds[0]);
  assert.deepEqual(at({ stock_left: 10, stock_taken: 10 }), { verdict: 'exact', sum: 20, off: 0 });
  assert.deepEqual(at({ stock_left: 10, stock_taken: 9, books: 'unknown' }), { verdict: 'unknown', sum: 19, off: -1 });
  assert.deepEqual(at({ stock_left: 13, stock_taken: 10, books: 'broken' }), { verdict: 'tooMany', sum: 23, off: 3 });
  assert.equal(at({ stock_left: 7, stock_taken: 10, books: 'broken' }).verdict, 'missing');
  assert.equal(at({ stock_left: 10, stock_taken: 10, books: 'broken' }).verdict, 'disagree');
});

test('what the stream does not tell is noted once', () => {
  const paused = { id: 'state:1', at: OPENS + 500, key: 'paused' };
  assert.deepEqual(keys(note(note(play([event(1)]), paused), paused)), ['watching', 'paused']);
});

test('a verdict stands while units move, but not for long', () => {
  const history = play([event(0), event(3, { books: 'unknown' })]);
  assert.equal(lastVerdict(history.seconds)?.at, OPENS);
  assert.equal(lastVerdict(play([event(0), event(11, { books: 'unknown' })]).seconds), null);
  assert.equal(lastVerdict([]), null);
});
