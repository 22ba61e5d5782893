/** Where a sale stands by what the shop said of it and by the shop's clock. Everything that tells of a sale asks here. */

/** @typedef {import('../../types/api.js').Sale} Sale */
/** @typedef {'upcoming' | 'warming' | 'live' | 'paused' | 'sold_out' | 'ended' | 'cancelled'} Phase */
/** @typedef {Pick<Sale, 'state' | 'starts_at' | 'ends_at' | 'stock_left'>} Told */

/** The desk opens this long before the sale does. */
export const WARM_MS = 10 * 60_000;

/**
 * The shop has the last word on what it has done (opened, paused, cancelled, ended); between two answers the clock goes on.
 * @param {Told} sale
 * @param {number} now by the shop's clock
 * @returns {Phase}
 */
export function phaseOf({ state, starts_at, ends_at, stock_left }, now) {
  if (state === 'cancelled') return 'cancelled';
  if (state === 'ended' || now >= Date.parse(ends_at)) return 'ended';
  if (state === 'paused') return 'paused';
  const wait = Date.parse(starts_at) - now;
  if (state === 'scheduled' && wait > 0) return wait > WARM_MS ? 'upcoming' : 'warming';
  return state === 'sold_out' || stock_left <= 0 ? 'sold_out' : 'live';
}

/** @param {Phase} phase */
export const isOver = (phase) => phase === 'ended' || phase === 'cancelled';
/** Has begun and is not over: the gate may let through, now or later. @param {Phase} phase */
export const isRunning = (phase) => phase === 'live' || phase === 'sold_out' || phase === 'paused';
/** @param {Phase} phase */
export const isComing = (phase) => phase === 'upcoming' || phase === 'warming';

/**
 * The next instant at which the clock alone changes the phase; Infinity when only the shop can.
 * @param {Told} sale
 * @param {number} now
 */
export function nextTurn({ state, starts_at, ends_at }, now) {
  if (state === 'cancelled' || state === 'ended') return Infinity;
  const start = Date.parse(starts_at);
  const turns = state === 'scheduled' ? [start - WARM_MS, start, Date.parse(ends_at)] : [Date.parse(ends_at)];
  return Math.min(...turns.filter((at) => at > now));
}

/** What of a sale can be bought at its everyday price, once it is not in the sale. @param {Sale} sale */
export function everyday(sale) {
  const sku = sale.product.skus.find((one) => one.id === sale.sku_id);
  if (!sku) return null;
  return { sku, price: sku.discount_price ?? sku.price, inStock: sku.num > 0 };
}
