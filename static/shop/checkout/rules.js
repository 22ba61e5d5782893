/** What is sent when an order is placed. Pure. */
import { lineState, sumUp } from '../cart/lines.js';
import { usable } from '../quote/codes.js';

/** @typedef {import('../../types/api.js').CartItem} CartItem */
/** @typedef {import('../../types/api.js').PlaceBody} PlaceBody */
/** @typedef {import('../../types/api.js').Quote} Quote */
/** @typedef {{from_cart?: true, items?: {sku_id: number, num: number}[]}} Goods */
/** @typedef {Goods & {address_id: number, codes: string[], delivery_method_id?: number | null}} Wish what a quote is asked for, and what its order is placed with */

/**
 * The whole bag when all of it can be had, so that the shop empties it with the order; else the lines that can.
 * @param {CartItem[]} items
 * @param {boolean} fromBag
 * @returns {Goods}
 */
export function goodsOf(items, fromBag) {
  if (fromBag && items.every((item) => lineState(item) === 'ok')) return { from_cart: true };
  return { items: sumUp(items).counted.map(({ sku, num }) => ({ sku_id: sku.id, num })) };
}

/** The order at a quote: at the total that was shown, with its delivery and the codes that take something off. @param {Wish} wish @param {Quote} quote @returns {PlaceBody} */
export const placeBody = (wish, quote) => ({ ...wish, codes: usable(quote, wish.codes), delivery_method_id: quote.delivery_method_id ?? null, expected_total: quote.totals.total });

/** All that makes it another order, for its idempotency key. @param {PlaceBody} body @param {CartItem[]} counted */
export const placeIntent = (body, counted) =>
  `order:${body.from_cart ? 'bag' : 'items'}:${body.address_id}:${body.delivery_method_id ?? ''}:${body.expected_total}:${(body.codes ?? []).join(' ')}:${unitsOf(counted)}`;

/** @param {CartItem[]} counted */
const unitsOf = (counted) => counted.map(({ sku, num }) => `${sku.id}x${num}`).join(',');

/** What is wanted, whatever it costs. @param {Wish} wish @param {CartItem[]} counted */
export const wishKey = ({ from_cart, address_id, delivery_method_id }, counted) => `${from_cart ? 'bag' : 'items'}:${address_id}:${delivery_method_id ?? ''}:${unitsOf(counted)}`;

/** What the wallet lacks for a sum. @param {number} total @param {number} balance */
export const missing = (total, balance) => Math.max(0, total - balance);
