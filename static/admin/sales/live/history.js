/**
 * What the live board knows: the seconds it has heard, and what happened in them. Pure, so that it is tested without a
 * browser. Nothing is kept beyond the page: after a reload it begins anew.
 */

/** Answers to a claim in the order in which they are stacked: the API's name, and ours. */
export const ANSWERS = /** @type {const} */ ([['won', 'won'], ['pending', 'pending'], ['limit_reached', 'limit'], ['refused', 'early'], ['sold_out', 'soldout'], ['busy', 'busy']]);

/** @typedef {'won' | 'pending' | 'limit' | 'early' | 'soldout' | 'busy'} Answer */
/** @typedef {'exact' | 'broken' | 'unknown'} Books */
/**
 * An event of the stream.
 * @typedef {{claims: Record<string, number>, p50_us: number, p99_us: number, in_flight: number, stock_left: number, stock_taken: number, stock_total: number,
 *   epoch: number, books: Books, server_time: string}} LiveEvent
 */
/**
 * @typedef {object} Second
 * @property {number} at ms since the epoch, by the shop's clock
 * @property {Record<Answer, number>} rates claims a second, by answer
 * @property {number} claims all of them
 * @property {number} p50 ms
 * @property {number} p99 ms
 * @property {number} inFlight
 * @property {number} left
 * @property {number} taken
 * @property {number} total
 * @property {number} epoch
 * @property {Books} books
 * @property {boolean} first of a connection: what came before it was not seen
 */
/** @typedef {{id: string, at: number, key: string, params?: Record<string, number | string>}} Happening `key`: a text of adminLive */
/**
 * @typedef {object} History
 * @property {Second[]} seconds oldest first
 * @property {{from: number, to: number}[]} gaps when nothing was heard
 * @property {Happening[]} feed newest first
 * @property {number} peak most claims in a second
 * @property {number} worst highest p99, ms
 * @property {number} busy busy answers in all
 */

/** An hour. */
const KEPT = 3600;
const FEED_KEPT = 40;
/** Events come once a second; when one is this late, others were missed. */
const LATE_MS = 2500;
/** Shares of the units whose taking is told. */
const SHARES = [0.25, 0.5, 0.75, 0.9];

/** @type {History} */
export const EMPTY = { seconds: [], gaps: [], feed: [], peak: 0, worst: 0, busy: 0 };

/** @param {LiveEvent} event @param {Second | undefined} before @param {boolean} first @returns {Second} */
function secondOf(event, before, first) {
  const at = Date.parse(event.server_time), span = before && !first ? Math.max(0.2, (at - before.at) / 1000) : 1;
  const rates = /** @type {Record<Answer, number>} */ (Object.fromEntries(ANSWERS.map(([name, own]) => [own, first ? 0 : Math.round((event.claims[name] ?? 0) / span)])));
  return { at, rates, claims: Object.values(rates).reduce((sum, n) => sum + n, 0), p50: event.p50_us / 1000, p99: event.p99_us / 1000, inFlight: event.in_flight,
    left: event.stock_left, taken: event.stock_taken, total: event.stock_total, epoch: event.epoch, books: event.books, first };
}

/**
 * One more event.
 * @param {History} history
 * @param {LiveEvent} event
 * @param {{fresh: boolean, opens: number, limit?: number}} facts `fresh`: the first of a connection; `opens`: when the sale opens
 * @returns {History}
 */
export function hear(history, event, { fresh, opens }) {
  const before = history.seconds.at(-1), next = secondOf(event, before, fresh || !before);
  if (before && next.at <= before.at) return history; // another gateway's clock, or a repetition
  const missed = before !== undefined && (next.at - before.at > LATE_MS);
  const gaps = missed ? [...history.gaps, { from: before.at, to: next.at }] : history.gaps;
  const busy = history.busy + (fresh || !before ? 0 : event.claims.busy ?? 0);
  const told = happenings(history, next, before, { opens, busy });
  const ids = new Set(told.map((one) => one.id));
  const feed = [...told.reverse(), ...history.feed.filter((one) => !ids.has(one.id))].sort((a, b) => b.at - a.at).slice(0, FEED_KEPT);
  return { seconds: [...history.seconds.slice(-(KEPT - 1)), next], gaps, feed, peak: Math.max(history.peak, next.claims), worst: Math.max(history.worst, next.p99), busy };
}

/**
 * What this second tells that the one before did not. One `id` is told once: a later one takes its place.
 * @param {History} history @param {Second} next @param {Second | undefined} before @param {{opens: number, busy: number}} facts
 * @returns {Happening[]}
 */
function happenings(history, next, before, { opens, busy }) {
  /** @type {Happening[]} */
  const told = [];
  const tell = (/** @type {string} */ key, /** @type {Happening['params']} */ params = {}, at = next.at, id = `${key}:${next.at}`) => told.push({ id, at, key, params });
  if (!before) {
    tell('watching', { left: next.left, total: next.total }, next.at, 'watching');
    return told;
  }
  if (next.at - before.at > LATE_MS) tell('gap', { n: Math.round((next.at - before.at) / 1000) });
  if (before.at < opens && next.at >= opens) tell('opened', { n: next.total }, opens, 'opened');
  if (before.taken === 0 && next.taken > 0) tell('firstWon', {}, next.at, 'firstWon');
  const passed = next.total === before.total ? SHARES.filter((share) => before.taken < share * next.total && next.taken >= share * next.total) : [];
  if (passed.length) tell('taken', { n: next.taken, share: Math.round(passed[passed.length - 1] * 100) });
  if (before.left > 0 && next.left === 0 && next.total > 0) tell('soldOut', { n: next.total });
  const back = next.left - before.left + (before.total - next.total);
  if (back > 0 && next.taken < before.taken) tell('returned', { n: before.taken - next.taken });
  if (next.total !== before.total) tell('resized', { from: before.total, to: next.total });
  if (next.epoch !== before.epoch) tell('epoch', { epoch: String(next.epoch) });
  if (next.claims > history.peak && next.claims > 0) tell('peak', { n: next.claims }, next.at, 'peak');
  if (!next.first && next.rates.busy > 0) tell('busy', { n: busy }, next.at, 'busy');
  if (next.books !== before.books && (next.books === 'broken' || before.books === 'broken')) tell(next.books === 'broken' ? 'booksBroken' : 'booksAgain');
  return told;
}

/** Something that the stream does not tell, such as a pause. @param {History} history @param {Happening} happening @returns {History} */
export const note = (history, happening) => ({ ...history, feed: [happening, ...history.feed.filter((one) => one.id !== happening.id)].sort((a, b) => b.at - a.at).slice(0, FEED_KEPT) });

const PACE_MS = 5000;

/**
 * When the units run out at the pace of the last seconds.
 * @param {Second[]} seconds
 * @returns {{at: number, seconds: number} | null} null when they do not, or not within the hour
 */
export function forecast(seconds) {
  const now = seconds.at(-1);
  if (!now || now.left <= 0) return null;
  const then = seconds.find((one) => one.at >= now.at - PACE_MS - 500);
  if (!then || then === now || then.total !== now.total) return null;
  const pace = (then.left - now.left) / ((now.at - then.at) / 1000);
  if (pace <= 0) return null;
  const left = now.left / pace;
  return left <= 3600 ? { at: now.at + left * 1000, seconds: left } : null;
}

/**
 * The books of a second, as the event carries them: nothing is made to fit.
 * @param {Second} second
 * @returns {{verdict: 'exact' | 'unknown' | 'tooMany' | 'missing' | 'disagree', sum: number, off: number}} `off`: how much the three are above the units of the sale
 */
export function books({ left, inFlight, taken, total, books: said }) {
  const sum = left + inFlight + taken, off = sum - total;
  if (said !== 'broken') return { verdict: said, sum, off };
  return { verdict: off > 0 ? 'tooMany' : off < 0 ? 'missing' : 'disagree', sum, off };
}

/** A verdict stands this long while units move too fast to be counted. */
const STANDS_MS = 10_000;

/** The second whose verdict on the books stands. @param {Second[]} seconds */
export function lastVerdict(seconds) {
  const now = seconds.at(-1);
  for (let i = seconds.length - 1; i >= 0 && now && now.at - seconds[i].at <= STANDS_MS; i -= 1) if (seconds[i].books !== 'unknown') return seconds[i];
  return null;
}
