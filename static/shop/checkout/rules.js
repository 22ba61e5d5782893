/** What is sent when an order is placed. Pure. */
import { lineState, sumUp } from '../cart/lines.js';

/** @typedef {import('../../types/api.js').CartItem} CartItem */
/** @typedef {import('../../types/api.js').PlaceBody} PlaceBody */

/**
 * The whole bag when all of it can be had, so that the shop empties it with the order; else the lines that can.
 * @param {CartItem[]} items
 * @param {number} address
 * @param {boolean} fromBag
 * @returns {PlaceBody}
 */
export function placeBody(items, address, fromBag) {
  const { counted, total } = sumUp(items), what = { address_id: address, expected_total: total };
  if (fromBag && items.every((item) => lineState(item) === 'ok')) return { ...what, from_cart: true };
  return { ...what, items: counted.map(({ sku, num }) => ({ sku_id: sku.id, num })) };
}

/** All that makes it another order, for its idempotency key. @param {PlaceBody} body @param {CartItem[]} counted */
export const placeIntent = (body, counted) =>
  `order:${body.from_cart ? 'bag' : 'items'}:${body.address_id}:${body.expected_total}:${counted.map(({ sku, num }) => `${sku.id}x${num}`).join(',')}`;

/** What the wallet lacks for a sum. @param {number} total @param {number} balance */
export const missing = (total, balance) => Math.max(0, total - balance);
