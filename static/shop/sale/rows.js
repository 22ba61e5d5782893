/** What the rows of the desk say in each state: texts by key and raw values, so that it can be tested without a browser. */
import { comingBack } from './machine.js';
import { everyday, isComing, isOver, isRunning } from './phase.js';
import { smallPrint } from './small-print.js';

/** @typedef {import('./machine.js').Facts} Facts */
/** @typedef {import('./machine.js').Verdict} Verdict */
/** @typedef {keyof typeof import('../../texts/en/sale.js').default} Key */

/**
 * A value of a text: as it is, or an instant (`time` 20:15, `exact` 20:15:03, `millis` 20:15:03.418, `when` today at 20:15),
 * a time left (`left` 04:12), money, a share.
 * @typedef {string | number | {time: number} | {exact: number} | {millis: number} | {when: number} | {left: number} | {money: number} | {share: number}} Value
 */
/** @typedef {{key: Key, with?: Record<string, Value>, problem?: string}} Words `problem`: code whose sentence stands for {why} */
/** @typedef {{icon: string, words: Words, links?: Record<string, Act>}} Line of the small print; `links` by the tags of the text */
/** @typedef {{do: 'claim' | 'remind' | 'watch' | 'address' | 'none' | 'link', href?: string, words?: Words}} Act */
/**
 * @typedef {Act & {words: Words, look: 'sale' | 'plain' | 'line', icon?: string, disabled?: boolean, busy?: boolean, pressed?: boolean, quiet?: boolean}} Button
 *   `quiet`: busy lines alone stand for the words, which only the ear hears
 */
/** @typedef {{kind: 'clock', until: number} | {kind: 'units', left: number, total: number} | {kind: 'words', title: Words, text: Words, payBy?: number}} Main */
/** @typedef {{kind: 'stock' | 'time', gone: number, total: number, start: Words, strong: boolean, end: Words | null, flow: boolean}} Stock */

/**
 * @typedef {object} Rows
 * @property {{mark: 'live' | '' | string, words: Words}} head `mark`: the live dot, nothing, or an icon
 * @property {{words: Words, timer: boolean} | null} aside
 * @property {Main} main
 * @property {{now: number, list: number}} price
 * @property {Stock} stock
 * @property {Button[]} buttons one; a quieter second one where a win leaves room for another
 * @property {Line[]} foot
 */

/**
 * @typedef {object} Around what the rows tell besides
 * @property {number} seenAt when the shop told of the sale
 * @property {{at: number, exact: boolean} | null} soldOut
 * @property {number} payWithinMs
 * @property {import('../../types/api.js').Address[] | null} addresses null: not known
 * @property {number | null} chosen
 * @property {import('../../types/api.js').DeliveryMethod | null} delivery that an order of the sale takes
 * @property {number | null} precision ms
 * @property {boolean} watched
 * @property {number} offered the most units that this page saw in the sale
 * @property {{id: number, name: string, startsAt: number} | null} next sale
 * @property {boolean} network the browser has one, whether or not the shop answers
 */

const HOUR = 3_600_000;
const ms = (/** @type {string} */ iso) => Date.parse(iso);

/** @param {Facts} facts @param {Verdict} verdict @param {Around} around @returns {Rows} */
export function rowsOf(facts, verdict, around) {
  return { head: headOf(facts, verdict, around), aside: asideOf(facts, verdict), main: mainOf(facts, verdict, around), price: priceOf(facts, verdict),
    stock: stockOf(facts, verdict, around), buttons: buttonsOf(facts, verdict, around), foot: smallPrint(facts, verdict, around) };
}

/** @param {Facts} facts @param {Verdict} verdict @param {Around} around @returns {Rows['head']} */
function headOf({ sale }, { state, phase, order, reason }, { soldOut, network }) {
  const opening = /** @type {Rows['head']} */ ({ mark: 'live', words: { key: 'openNow' } });
  if (state === 'upcoming') return { mark: '', words: { key: 'opensAt', with: { when: { when: ms(sale.starts_at) } } } };
  if (state === 'warming') return { mark: '', words: { key: 'opensSoon' } };
  if (state === 'queued') return { mark: 'live', words: { key: 'admitted' } };
  if (state === 'won' && order) return { mark: 'circle-check', words: { key: 'confirmedAt', with: { at: { millis: ms(order.created_at) } } } };
  if (state === 'lost') return { mark: 'circle-alert', words: { key: reason === 'lapsed' ? 'lapsedAt' : reason === 'other' ? 'notClaimed' : 'notWritten' } };
  if (state === 'cancelled') return { mark: 'circle-alert', words: { key: 'calledOff' } };
  if (state === 'offline') return { mark: 'wifi-off', words: { key: network ? 'shopSilent' : 'youAreOffline' } };
  if (phase === 'ended') return { mark: '', words: { key: 'endedAt', with: { when: { when: ms(sale.ends_at) } } } };
  if (phase === 'cancelled') return { mark: 'circle-alert', words: { key: 'calledOff' } };
  if (phase === 'paused') return { mark: 'pause', words: { key: 'pausedByShop' } };
  if (isComing(phase)) return { mark: '', words: { key: 'opensAt', with: { when: { when: ms(sale.starts_at) } } } };
  if (phase === 'sold_out' && state !== 'submitting') {
    return soldOut?.exact ? { mark: '', words: { key: 'allClaimedAfter', with: { span: { left: soldOut.at - ms(sale.starts_at) } } } } : { mark: '', words: { key: 'allClaimed' } };
  }
  return opening;
}

/** @param {Facts} facts @param {Verdict} verdict @returns {Rows['aside']} */
function asideOf({ sale, now, claim }, { state, phase }) {
  if (claim?.step === 'ticket') return { timer: false, words: { key: 'timeLeft', with: { left: { left: now - claim.since } } } };
  if (state === 'won' || isOver(phase)) return null;
  if (isComing(phase)) return state === 'offline' ? { timer: true, words: { key: 'opensIn', with: { left: { left: ms(sale.starts_at) - now } } } } : null;
  if (phase === 'paused' && state === 'paused') return null;
  const end = ms(sale.ends_at);
  return end - now < HOUR ? { timer: true, words: { key: 'closesIn', with: { left: { left: end - now } } } } : { timer: false, words: { key: 'closesAt', with: { when: { when: end } } } };
}

/** @param {Key} title @param {Words} text @param {Record<string, Value>} [values] @returns {Main} */
const words = (title, text, values) => ({ kind: 'words', title: values ? { key: title, with: values } : { key: title }, text });

/** @param {Facts} facts @param {Verdict} verdict @param {Around} around @returns {Main} */
function mainOf(facts, verdict, around) {
  const { sale, now, claim } = facts, { state, order, until } = verdict;
  switch (state) {
    case 'upcoming': case 'warming': return { kind: 'clock', until: ms(sale.starts_at) };
    case 'live': return { kind: 'units', left: sale.stock_left, total: sale.stock_total };
    case 'submitting': return words('askingTitle', { key: claim?.step === 'asking' && claim.early ? 'earlyText' : claim?.step === 'asking' && claim.unsure ? 'unsureText' : 'askingText' });
    case 'queued': return words('queuedTitle', { key: 'queuedText' });
    case 'won': return { kind: 'words', title: { key: 'wonTitle' }, text: { key: 'wonText' }, payBy: ms(order?.pay_by ?? sale.ends_at) };
    case 'lost': return words('lostTitle', lostText(facts, verdict));
    case 'sold_out': return soldOutMain(facts, verdict, around);
    case 'ended': return words('endedTitle', { key: everyday(sale)?.inStock === false ? 'endedGone' : 'endedText' });
    case 'cancelled': return words('cancelledTitle', { key: 'cancelledText' });
    case 'already_bought': return words('haveTitle', haveText(facts, verdict));
    case 'need_login': return words('loginTitle', { key: 'loginText' });
    case 'throttled': return words('waitTitle', { key: claim?.step === 'wait' && claim.cause === 'fast' ? 'waitFast' : 'waitCrowd', with: { n: secondsTo(until, now) } });
    case 'paused': return words('pausedTitle', { key: 'pausedText', with: { n: sale.stock_left } });
    case 'offline': return words('offlineTitle', verdict.pressed ? { key: 'offlinePressed' } : isComing(verdict.phase) ? { key: 'offlineWarm' } : { key: 'offlineText', with: { at: { exact: around.seenAt } } });
  }
}

/** @param {number | null} until @param {number} now */
export const secondsTo = (until, now) => Math.max(1, Math.ceil(((until ?? now) - now) / 1000));

/** @param {Facts} facts @param {Verdict} verdict @returns {Words} */
function lostText({ sale, claim }, { reason }) {
  if (reason === 'ticket_lost') return { key: 'lostTicket', with: { n: sale.stock_left } };
  if (reason === 'address_gone') return { key: 'lostAddress' };
  if (reason === 'address_required') return { key: 'lostNoAddress' };
  if (reason === 'lapsed') return { key: 'lostLapsed' };
  return { key: 'lostOther', problem: claim?.step === 'refused' ? claim.code : 'unknown' };
}

/** @param {Facts} facts @param {Verdict} verdict @returns {Words} */
function haveText({ sale }, { phase, held }) {
  if (phase === 'ended') return { key: 'haveEnded' };
  return sale.per_user_limit === 1 ? { key: 'haveOne' } : { key: 'haveSome', with: { n: Math.max(held, sale.per_user_limit) } };
}

/** @param {Facts} facts @param {Verdict} verdict @param {Around} around @returns {Main} */
function soldOutMain({ sale, now }, { late }, { soldOut, payWithinMs, seenAt }) {
  const back = comingBack({ seenSoldOutAt: soldOut?.at ?? seenAt, payWithinMs, endsAt: ms(sale.ends_at), now });
  const key = /** @type {const} */ ({ by: 'backBy', until_end: 'backUntilEnd', hardly: 'backHardly' })[back.kind];
  return { kind: 'words', title: { key: late ? 'lateTitle' : 'goneTitle', with: { n: sale.stock_total } }, text: { key: late ? /** @type {const} */ ({ by: 'lateBackBy', until_end: 'lateBackUntilEnd', hardly: 'backHardly' })[back.kind] : key, with: { at: { time: back.at } } } };
}

/** @param {Facts} facts @param {Verdict} verdict */
function priceOf({ sale }, { state }) {
  const usual = state === 'ended' || state === 'cancelled' ? everyday(sale) : null;
  return { now: usual?.price ?? sale.price, list: usual?.sku.price ?? sale.list_price };
}

/** Whole percent, rounded down: "100 %" is said when none is left. @param {number} gone @param {number} total */
const share = (gone, total) => ({ share: total > 0 ? Math.floor((gone / total) * 100) / 100 : 0 });

/** @param {Facts} facts @param {Verdict} verdict @param {Around} around @returns {Stock} */
function stockOf({ sale, now }, { state, phase, order }, { seenAt, offered }) {
  const total = sale.stock_total, left = Math.min(total, sale.stock_left), gone = total - left;
  const flow = phase === 'warming' || (isRunning(phase) && ['live', 'submitting', 'need_login', 'throttled', 'already_bought', 'lost'].includes(state));
  const bar = { kind: /** @type {const} */ ('stock'), gone, total, flow };
  if (state === 'won' && order?.pay_by) {
    const payBy = ms(order.pay_by), whole = payBy - ms(order.created_at);
    return { kind: 'time', gone: Math.max(0, payBy - now), total: whole, flow: false, strong: true, start: { key: 'heldUntil', with: { at: { exact: payBy } } }, end: { key: 'timeLeft', with: { left: { left: payBy - now } } } };
  }
  if (isComing(phase)) return { ...bar, gone: 0, strong: false, start: { key: 'units', with: { n: total } }, end: { key: 'noneYet' } };
  if (isOver(phase)) {
    // Once the books of a sale are closed its total is what was sold: what was offered is known to who saw it open.
    const from = ms(sale.starts_at), to = ms(sale.ends_at), known = Math.max(offered, total);
    /** @type {Words} */
    const start = known > gone ? { key: 'soldOf', with: { gone, total: known } } : { key: 'sold', with: { n: gone } };
    return { ...bar, total: known, strong: true, start, end: phase === 'ended' && to - from < 24 * HOUR ? { key: 'window', with: { from: { time: from }, to: { time: to } } } : null };
  }
  if (state === 'live') return { ...bar, strong: false, start: paceOf(gone, total, ms(sale.starts_at), seenAt), end: null };
  return { ...bar, strong: true, start: { key: 'leftOf', with: { left, total } }, end: { key: 'claimedPercent', with: { percent: share(gone, total) } } };
}

/** How much in how long, by the shop's own figures. @param {number} gone @param {number} total @param {number} start @param {number} at @returns {Words} */
export function paceOf(gone, total, start, at) {
  if (gone <= 0) return { key: 'noneYet' };
  const percent = share(gone, total), seconds = Math.max(1, Math.round((at - start) / 1000));
  if (percent.share === 0) return { key: 'claimedFew', with: { n: gone } };
  if (seconds < 120) return { key: 'claimedInSeconds', with: { percent, n: seconds } };
  if (seconds < 3600) return { key: 'claimedInMinutes', with: { percent, n: Math.floor(seconds / 60) } };
  return { key: 'claimedSince', with: { percent, when: { when: start } } };
}

/** @param {Facts} facts @param {Verdict} verdict @param {Around} around @returns {Button[]} */
function buttonsOf(facts, verdict, around) {
  const { sale, now, member } = facts, { state, order, orderId, until } = verdict;
  const login = /** @type {Button} */ ({ do: 'link', href: `/login?next=${encodeURIComponent(`/sale/${sale.id}`)}`, words: { key: 'logIn' }, icon: 'log-in', look: 'sale' });
  const off = (/** @type {Words} */ text) => /** @type {Button[]} */ ([{ do: 'none', words: text, look: 'sale', disabled: true }]);
  const claim = (/** @type {Key} */ key) => /** @type {Button} */ ({ do: 'claim', words: { key }, look: 'sale' });
  const wait = { key: /** @type {const} */ ('claimIn'), with: { n: secondsTo(until, now) } };
  switch (state) {
    case 'upcoming': return [{ do: 'remind', words: { key: 'remind' }, icon: 'bell', look: 'plain' }];
    case 'warming': return member ? off({ key: 'opensExactly', with: { at: { exact: ms(sale.starts_at) } } }) : [{ ...login, look: 'plain' }];
    case 'live': return [claim(verdict.again ? 'claimAgain' : 'claim')];
    case 'submitting': return [{ do: 'none', words: { key: 'claiming' }, look: 'sale', busy: true, quiet: true }];
    case 'queued': return [{ do: 'none', words: { key: 'waiting' }, look: 'plain', busy: true }];
    case 'won': {
      const pay = /** @type {Button} */ ({ do: 'link', href: `/checkout?order=${orderId}`, words: { key: 'pay', with: { price: { money: order?.total ?? sale.price } } }, look: 'sale' });
      if (!verdict.again) return [pay];
      return [pay, until === null ? { ...claim('claimAgain'), look: 'line' } : { ...off(wait)[0], look: 'line' }];
    }
    case 'lost': return [claim('claimAgain')];
    case 'sold_out': return [{ do: 'watch', words: { key: 'tellMe' }, icon: around.watched ? 'check' : 'bell', look: 'plain', pressed: around.watched }];
    case 'ended': case 'cancelled': return [buy(sale)];
    case 'already_bought': return [{ do: 'link', href: orderId ? `/order/${orderId}` : '/orders', words: { key: 'seeOrder' }, look: 'plain' }];
    case 'need_login': return [login];
    case 'throttled': return off(wait);
    case 'paused': return off({ key: 'paused' });
    case 'offline': return off({ key: around.network ? 'waitShop' : 'waitNetwork' });
  }
}

/** @param {Facts['sale']} sale @returns {Button} */
function buy(sale) {
  const usual = everyday(sale);
  if (!usual?.inStock) return { do: 'link', href: `/p/${sale.product.id}`, words: { key: 'seeProduct' }, look: 'plain' };
  return { do: 'link', href: `/checkout?sku=${sale.sku_id}&num=1`, words: { key: 'buyFor', with: { price: { money: usual.price } } }, look: 'plain' };
}
