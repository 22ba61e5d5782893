/**
 * The state of the desk: a pure function of what the shop said, of the shop's clock, and of what this browser knows of
 * its own visitor. Every case is in `machine.test.js`.
 */
import { isOver, phaseOf } from './phase.js';

/** @typedef {import('../../types/api.js').Sale} Sale */
/** @typedef {import('../../types/api.js').Order} Order */
/** @typedef {import('./phase.js').Phase} Phase */

/**
 * @typedef {'upcoming' | 'warming' | 'live' | 'submitting' | 'queued' | 'won' | 'lost' | 'sold_out' | 'ended' | 'cancelled'
 *   | 'already_bought' | 'need_login' | 'throttled' | 'paused' | 'offline'} State
 */

/**
 * What became of the last press, where the orders do not tell.
 * `asking`: sent, no answer yet (`unsure`: an earlier sending went unanswered; `early`: by the shop's clock it was too early).
 * `ticket`: admitted, being written down. `refused`: recorded, the unit went back. `late`: others were first.
 * `limit`: the shop says that this buyer has as many as there may be. `wait`: too fast or too many, not before `until`.
 * @typedef {{step: 'asking', since: number, unsure?: boolean, early?: boolean}
 *   | {step: 'ticket', ticket: string, since: number}
 *   | {step: 'refused', reason: Reason, code: string}
 *   | {step: 'late'}
 *   | {step: 'limit', orderIds: string[]}
 *   | {step: 'wait', until: number, cause: 'fast' | 'crowd'}} Claim
 */
/** @typedef {'ticket_lost' | 'address_gone' | 'address_required' | 'lapsed' | 'other'} Reason */

/**
 * @typedef {object} Facts
 * @property {Sale} sale as the shop told it last
 * @property {number} now by the shop's clock
 * @property {boolean} member somebody is logged in
 * @property {boolean} online there is a network, and the shop answers
 * @property {Claim | null} claim
 * @property {Order[]} orders of this buyer in this sale, newest first
 */

/**
 * @typedef {object} Verdict
 * @property {State} state
 * @property {Phase} phase of the sale, whoever looks
 * @property {Order | null} order the one to pay, or the newest that is held
 * @property {string | null} orderId of it, or of one that the shop named
 * @property {number} held units that this buyer holds, unpaid ones too
 * @property {boolean} again another one may be claimed besides what is held
 * @property {Reason | null} reason why it was lost
 * @property {boolean} pressed there is a press whose outcome is not known
 * @property {boolean} late this browser asked, and others were first
 * @property {number | null} until instant of the shop's clock when the button comes back
 */

/** @param {Order} order */
const units = (order) => order.lines.reduce((sum, line) => sum + line.num, 0);
/** @param {Order} order @param {number} now */
const lapsed = (order, now) => (order.status === 'unpaid' && order.pay_by != null && Date.parse(order.pay_by) <= now)
  || (order.status === 'cancelled' && order.cancel_reason === 'unpaid');

/**
 * @param {Order[]} orders
 * @param {number} now
 */
export function holdings(orders, now) {
  const held = orders.filter((order) => order.status !== 'cancelled' && order.status !== 'refunded' && !lapsed(order, now));
  return { held: held.reduce((sum, order) => sum + units(order), 0), newest: held[0] ?? null,
    unpaid: held.find((order) => order.status === 'unpaid') ?? null, lapsed: orders.length > 0 && lapsed(orders[0], now) };
}

/** @param {Facts} facts @returns {Verdict} */
export function judge(facts) {
  const { sale, now, online, member } = facts;
  const phase = phaseOf(sale, now);
  const own = holdings(member ? facts.orders : [], now);
  const claim = member ? facts.claim : null;
  const named = claim?.step === 'limit' ? claim.orderIds : [];
  const order = own.unpaid ?? own.newest;
  const full = own.held >= sale.per_user_limit || named.length > 0;
  const waits = claim?.step === 'wait' && now < claim.until ? claim.until : null;
  const reason = claim?.step === 'refused' ? claim.reason : own.lapsed && own.held === 0 && !claim ? 'lapsed' : null;
  /** @type {Omit<Verdict, 'state'>} */
  const rest = { phase, order, orderId: order?.id ?? named[0] ?? null, held: own.held, reason, late: claim?.step === 'late', until: waits,
    pressed: claim?.step === 'asking' || claim?.step === 'ticket', again: own.held > 0 && !full && phase === 'live' && online };
  return { ...rest, state: stateOf() };

  /** First what is this visitor's own, then what is everybody's, then what stands between the visitor and the button. @returns {State} */
  function stateOf() {
    if (claim?.step === 'ticket') return 'queued';
    if (claim?.step === 'asking') return online ? 'submitting' : 'offline';
    if (own.unpaid) return 'won';
    if (phase === 'cancelled') return 'cancelled';
    if (full || (own.held > 0 && phase === 'ended')) return 'already_bought';
    if (isOver(phase) || phase === 'upcoming') return phase;
    if (!online) return 'offline';
    if (phase !== 'live') return phase;
    if (!member) return 'need_login';
    if (waits !== null) return 'throttled';
    return reason ? 'lost' : 'live';
  }
}

/**
 * The next instant at which the clock alone changes what the desk says. What the clock only counts down is not meant.
 * @param {Facts} facts
 * @returns {number} Infinity when nothing will
 */
export function nextInstant({ claim, orders, now }) {
  const instants = orders.flatMap((order) => (order.status === 'unpaid' && order.pay_by ? [Date.parse(order.pay_by)] : []));
  if (claim?.step === 'wait') instants.push(claim.until);
  return Math.min(Infinity, ...instants.filter((at) => at > now));
}

/**
 * By when what is unpaid comes back into the sale. The last unit was claimed at the latest when this page first saw none
 * left; it is not known whether any of them is unpaid.
 * @param {{seenSoldOutAt: number, payWithinMs: number, endsAt: number, now: number}} known
 * @returns {{kind: 'by', at: number} | {kind: 'until_end', at: number} | {kind: 'hardly', at: number}}
 *   `by`: this instant is the latest. `until_end`: the sale ends before the time to pay does. `hardly`: that time is over.
 */
export function comingBack({ seenSoldOutAt, payWithinMs, endsAt, now }) {
  const at = seenSoldOutAt + payWithinMs;
  if (at >= endsAt) return { kind: 'until_end', at: endsAt };
  return now < at ? { kind: 'by', at } : { kind: 'hardly', at: endsAt };
}
