/** What is said to those who do not see the desk: the start, the marks of the countdown, the result. Never each second. */
import { isComing } from './phase.js';

/** @typedef {import('./machine.js').Verdict} Verdict */
/** @typedef {import('./rows.js').Words} Words */
/** @typedef {{verdict: Verdict, untilStart: number, untilEnd: number, left: number}} Moment `left`: units */

const MARKS = /** @type {const} */ ([[600_000, 'sayTenMinutes'], [60_000, 'sayOneMinute'], [10_000, 'sayTenSeconds']]);

/**
 * @param {Moment} before
 * @param {Moment} after
 * @returns {Words | null}
 */
export function announcement(before, after) {
  const was = before.verdict.state, is = after.verdict.state;
  if (was === is && before.verdict.phase === after.verdict.phase) return markOf(before, after);
  if (isComing(before.verdict.phase) && !isComing(after.verdict.phase)) return opened(after);
  if (is === 'live' && was === 'sold_out') return { key: 'sayReturned', with: { n: after.left } };
  if (is === 'queued') return { key: 'sayQueued' };
  if (isComing(after.verdict.phase)) return markOf(before, after);
  // A press under way and a button that comes back are seen and felt where the focus is; the rest is news.
  if (is === 'submitting' || is === 'live' || (was === is && is !== 'offline')) return null;
  return titleOf(after.verdict.state, after);
}

/** @param {Moment} moment @returns {Words | null} */
function opened(moment) {
  const { state } = moment.verdict;
  return state === 'live' || state === 'need_login' ? { key: 'sayOpen', with: { n: moment.left } } : titleOf(state, moment);
}

/** @param {Moment} before @param {Moment} after @returns {Words | null} */
function markOf(before, after) {
  for (const [mark, key] of MARKS) {
    if (before.untilStart > mark && after.untilStart <= mark && after.untilStart > 0) return { key };
  }
  return before.untilEnd > 60_000 && after.untilEnd <= 60_000 && after.untilEnd > 0 && after.verdict.state === 'live' ? { key: 'sayClosing' } : null;
}

/** @type {Partial<Record<import('./machine.js').State, import('./rows.js').Key>>} */
const TITLES = { lost: 'lostTitle', ended: 'endedTitle', cancelled: 'cancelledTitle', already_bought: 'haveTitle', throttled: 'waitTitle', paused: 'pausedTitle', offline: 'offlineTitle', need_login: 'loginTitle' };

/** @param {import('./machine.js').State} state @param {Moment} moment @returns {Words | null} */
function titleOf(state, { verdict }) {
  const { order } = verdict;
  if (state === 'won' && order?.pay_by) return { key: 'sayWon', with: { n: Math.round((Date.parse(order.pay_by) - Date.parse(order.created_at)) / 60_000) } };
  if (state === 'sold_out') return { key: verdict.late ? 'sayLate' : 'sayGone' };
  const key = TITLES[state];
  return key ? { key } : null;
}
