/** The flash sales as the header, the strip and the cards know them. Where each stands is asked of `sale/phase.js`. */
import { computed, effect, signal } from '@preact/signals';
import { api } from '../lib/api.js';
import { precision, shopNow, syncClock } from '../lib/clock.js';
import { isComing, isOver, isRunning, nextTurn, phaseOf } from './sale/phase.js';
import { spread, startPolling } from './sale/poll.js';

/** @typedef {import('../types/api.js').Sale} Sale */

export const sales = signal(/** @type {Sale[]} */ ([]));
/** Counts the instants at which a sale opened or closed by the clock. */
const turns = signal(0);
const phases = computed(() => {
  void turns.value;
  void precision.value; // the clock was set
  const now = shopNow();
  return new Map(sales.value.map((sale) => [sale.id, phaseOf(sale, now)]));
});

/** Where it stands right now; whoever asks hears when that changes. @param {Sale} sale */
export const phaseNow = (sale) => phases.value.get(sale.id) ?? phaseOf(sale, shopNow());
/** Those that run or come. */
export const openSales = computed(() => sales.value.filter((sale) => !isOver(phaseNow(sale))));
/** Those that can be claimed from right now, or could be but for their stock. */
export const runningSales = computed(() => openSales.value.filter((sale) => isRunning(phaseNow(sale))));
/** The one to tell of: what is open, else what runs, else what comes next. */
export const nextSale = computed(() => openSales.value.find((sale) => phaseNow(sale) === 'live') ?? runningSales.value[0] ?? openSales.value[0] ?? null);
export const productsInSale = computed(() => new Set(openSales.value.filter((sale) => phaseNow(sale) === 'live').map((sale) => sale.product.id)));
/** @type {Promise<Sale[]> | null} */
let loading = null;

/** @param {boolean} [again] @returns {Promise<Sale[]>} */
export function loadSales(again = false) {
  if (again) loading = null;
  loading ??= api.get('/seckill').then(({ items }) => (sales.value = items), (error) => { loading = null; throw error; });
  return loading;
}

/** Fresher news of one sale, from its own page. @param {Sale} told */
export function hearSale(told) {
  const known = sales.peek();
  sales.value = known.some((one) => one.id === told.id) ? known.map((one) => (one.id === told.id ? told : one)) : [...known, told];
}

const OPEN_MS = 5000, QUIET_MS = 60_000;

/** Keeps the figures of open sales fresh while somebody looks. @returns {() => void} stops it */
export function followSales() {
  const wait = () => {
    const now = shopNow(), starts = openSales.peek().filter((sale) => isComing(phaseNow(sale))).map((sale) => Date.parse(sale.starts_at) - now);
    return spread(runningSales.peek().length ? OPEN_MS : QUIET_MS, Math.min(...starts, QUIET_MS * 2), Math.random());
  };
  const poll = startPolling({ ask: async () => { await loadSales(true).catch(() => {}); }, wait, watching: () => document.visibilityState === 'visible' });
  const looked = () => { if (document.visibilityState === 'visible') poll.nudge(); };
  document.addEventListener('visibilitychange', looked);
  return () => { poll.stop(); document.removeEventListener('visibilitychange', looked); };
}

/** Longer than this no timer is set: the list is old by then. */
const LATER_MS = 12 * 60 * 60_000;
const SOON_MS = 60 * 60_000;

// A sale opens and closes by the clock, on every page that tells of it, without asking.
effect(() => {
  void turns.value;
  void precision.value;
  const now = shopNow(), left = Math.min(Infinity, ...sales.value.map((sale) => nextTurn(sale, now))) - now;
  if (left > LATER_MS) return undefined;
  if (left < SOON_MS) void syncClock();
  const timer = setTimeout(() => { turns.value += 1; }, left + 5);
  return () => clearTimeout(timer);
});
