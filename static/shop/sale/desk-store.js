/** What one open sale page knows, kept fresh: the sale, this visitor's orders in it, the address book, the press. */
import { computed, untracked } from '@preact/signals';
import { batch, effect, signal } from '../../lib/html.js';
import { api, pause } from '../../lib/api.js';
import { shopNow, syncClock } from '../../lib/clock.js';
import { online } from '../../lib/online.js';
import { asProblem, isAbort } from '../../lib/problem.js';
import { endSession, user } from '../../lib/session.js';
import { tab } from '../../lib/storage.js';
import { hearSale } from '../sales-store.js';
import { claims } from './claim.js';
import { holdings } from './machine.js';
import { isComing, isOver, phaseOf } from './phase.js';
import { pauseBefore, startPolling } from './poll.js';

/** @typedef {import('./machine.js').Sale} Sale */
/** @typedef {import('./machine.js').Order} Order */
/** @typedef {import('./machine.js').Facts} Facts */
/** @typedef {import('../../types/api.js').Address} Address */
/** @typedef {ReturnType<typeof openDesk>} Desk */

/** So many unanswered questions in a row, and the shop cannot be reached, whatever the browser says of its network. */
const SILENCE = 2;
/** A sell-out is dated when the answer before it, with units left, is no older than this. */
const CLOSE_MS = 6000;

/** @param {Sale} first as it came with the page, or just now */
export function openDesk(first) {
  const sale = signal(first);
  const seenAt = signal(shopNow());
  const claim = signal(/** @type {import('./machine.js').Claim | null} */ (null));
  const orders = signal(/** @type {Order[]} */ ([]));
  /** null: not known yet. */
  const addresses = signal(/** @type {Address[] | null} */ (null));
  const chosen = signal(/** @type {number | null} */ (null));
  /** The delivery methods that serve the chosen address; an order of the sale takes the first. */
  const methods = signal(/** @type {import('../../types/api.js').DeliveryMethod[]} */ ([]));
  /** When this page first saw nothing left; `exact` when it also saw the last ones go. */
  const soldOut = signal(/** @type {{at: number, exact: boolean} | null} */ (null));
  /** The most units that this page saw in the sale: once it is closed, its total is what was sold. */
  const offered = signal(first.stock_total);
  const failures = signal(0);
  /** The visitor asked to be told when a unit comes back. */
  const watched = signal(false);
  let retryAfter = /** @type {number | null} */ (null);
  /** @type {ReturnType<typeof claims> | null} */
  let press = null;

  const reachable = () => online.value && failures.value < SILENCE;
  const startsAt = () => Date.parse(sale.peek().starts_at);

  /** @param {Sale} told */
  function hear(told) {
    const now = shopNow(), before = sale.peek(), gone = phaseOf(told, now) === 'sold_out';
    batch(() => {
      if (!gone) soldOut.value = null;
      else if (!soldOut.peek()) soldOut.value = { at: now, exact: before !== told && phaseOf(before, now) === 'live' && now - seenAt.peek() < CLOSE_MS };
      sale.value = told;
      offered.value = Math.max(offered.peek(), told.stock_total);
      seenAt.value = now;
      failures.value = 0;
    });
    hearSale(told);
  }

  /** @param {AbortSignal} abort */
  async function ask(abort) {
    try {
      hear(await api.get('/seckill/{id}', { params: { id: first.id }, signal: abort }));
      retryAfter = null;
      const lapsing = orders.peek().filter((one) => one.status === 'unpaid' && one.pay_by && Date.parse(one.pay_by) < shopNow());
      if (lapsing.length) await adopt(lapsing.map((one) => one.id));
    } catch (error) {
      if (isAbort(error)) return;
      retryAfter = asProblem(error).retryAfter;
      failures.value += 1;
    }
  }

  function wait() {
    const now = shopNow(), phase = phaseOf(sale.peek(), now), own = holdings(orders.peek(), now);
    return pauseBefore({ phase, untilStart: startsAt() - now, sinceEnd: now - Date.parse(sale.peek().ends_at), failures: failures.peek(), retryAfter,
      calm: own.held >= sale.peek().per_user_limit }, Math.random());
  }

  // Who asked to be told is told with the page in the background, too; everybody else's rests there.
  const poll = startPolling({ ask, wait, watching: () => document.visibilityState === 'visible' || watched.peek() });

  /** @param {Order[]} more known better now */
  function mergeOrders(more) {
    const ids = new Set(more.map((one) => one.id));
    orders.value = [...more, ...orders.peek().filter((one) => !ids.has(one.id))].sort((a, b) => b.created_at.localeCompare(a.created_at));
  }

  /** @param {string[]} ids @returns {Promise<'full' | 'lapsed' | 'unclear'>} */
  async function adopt(ids) {
    try {
      mergeOrders(await Promise.all(ids.map((id) => api.get('/order/{id}', { params: { id } }))));
    } catch { return 'unclear'; }
    const own = holdings(orders.peek(), shopNow());
    if (own.held >= sale.peek().per_user_limit) return 'full';
    return own.held === 0 && ids.length ? 'lapsed' : 'unclear';
  }

  /** This visitor's orders of this sale: newest first, so that a page or two is enough. */
  async function loadOrders() {
    if (!user.peek() || isComing(phaseOf(sale.peek(), shopNow()))) return;
    let cursor = '';
    for (let pages = 0; pages < 3; pages += 1) {
      const { items, next_cursor } = await api.get('/orders', { query: { page_size: 30, cursor } });
      mergeOrders(items.filter((one) => one.seckill_id === first.id));
      if (!next_cursor || Date.parse(items[items.length - 1].created_at) < startsAt()) return;
      cursor = next_cursor;
    }
  }

  /** @param {number} [prefer] id of the address to choose */
  async function loadAddresses(prefer) {
    const { items } = await api.get('/address');
    batch(() => {
      addresses.value = items;
      const keep = items.find((one) => one.id === (prefer ?? chosen.peek()));
      chosen.value = (keep ?? items.find((one) => one.is_default) ?? items[0])?.id ?? null;
    });
  }

  /** @param {'paused' | 'ended' | 'cancelled' | 'sold_out'} state */
  function heard(state) {
    const old = sale.peek();
    hear({ ...old, state, stock_left: state === 'sold_out' ? 0 : old.stock_left });
    poll.nudge(300 + Math.random() * 900);
  }

  /** @param {import('./machine.js').Claim | null} said */
  function say(said) {
    claim.value = said;
    if (said?.step === 'refused' && (said.reason === 'address_gone' || said.reason === 'address_required')) loadAddresses().catch(() => {});
  }

  /** @param {number} userId */
  const startClaims = (userId) => claims(first.id, userId, {
    send: (key, addressId, abort) => api.send('POST', '/seckill/{id}', addressId === null ? {} : { address_id: addressId }, { params: { id: first.id }, key, signal: abort }),
    look: (ticket, abort) => api.send('GET', '/seckill/{id}/ticket/{ticket}', undefined, { params: { id: first.id, ticket }, signal: abort }),
    won: (order) => { mergeOrders([order]); poll.nudge(300 + Math.random() * 900); },
    adopt, heard, say, now: shopNow, untilStart: () => startsAt() - shopNow(),
    tooEarly: () => { void syncClock(true); poll.nudge(0); }, loggedOut: endSession, pause, network: whenOnline, store: tab });

  // Another visitor has other orders, addresses and presses.
  const visitor = computed(() => user.value?.id ?? null);
  const stopFollowing = effect(() => {
    const who = visitor.value;
    untracked(() => {
      press?.stop();
      batch(() => { claim.value = null; orders.value = []; addresses.value = null; chosen.value = null; });
      press = who === null ? null : startClaims(who);
      press?.resume();
      loadOrders().catch(() => {});
      if (press && !isOver(phaseOf(sale.peek(), shopNow()))) loadAddresses().catch(() => {});
    });
  });

  const country = computed(() => addresses.value?.find(({ id }) => id === chosen.value)?.country);
  const stopDelivering = effect(() => {
    const asked = country.value;
    api.get('/delivery_methods', { query: asked ? { country: asked } : {} })
      .then(({ items }) => { if (country.peek() === asked) methods.value = items; })
      .catch(() => {}); // the order tells, too
  });

  const looked = () => {
    if (document.visibilityState !== 'visible') return;
    poll.nudge();
    loadOrders().catch(() => {}); // it may have been paid for elsewhere
  };
  document.addEventListener('visibilitychange', looked);
  const stopOnline = online.subscribe((is) => { if (is && failures.peek()) poll.nudge(); });
  hear(first);

  return { sale, seenAt, claim, orders, addresses, chosen, methods, soldOut, offered, watched, loadAddresses,
    /** @param {number} now @returns {Facts} */
    facts: (now) => ({ sale: sale.value, now, member: user.value !== null, online: reachable(), claim: claim.value, orders: orders.value }),
    press: () => press?.press(chosen.peek()),
    close() {
      stopFollowing(); stopDelivering(); stopOnline(); poll.stop(); press?.stop();
      document.removeEventListener('visibilitychange', looked);
    } };
}

/** @param {AbortSignal} signal @returns {Promise<void>} */
const whenOnline = (signal) => new Promise((resolve, reject) => {
  if (online.peek()) return resolve();
  const stop = online.subscribe((is) => { if (is) { queueMicrotask(() => stop()); resolve(); } });
  signal.addEventListener('abort', () => { stop(); reject(signal.reason); }, { once: true });
});
