/** What holds for the lines of a bag: pure rules. */

/** @typedef {import('../../types/api.js').CartItem} CartItem */
/** @typedef {'ok' | 'sold_out' | 'fewer' | 'off_sale'} LineState */
/** @typedef {import('./prices.js').Prices} Prices */
/** @typedef {{item: CartItem, from: number, to: number}} PriceChange */

/** @param {CartItem} item */
export const unitPrice = ({ sku }) => sku.discount_price ?? sku.price;

/** Why a line does not count. @param {Pick<CartItem, 'available' | 'num'> & {sku: {num: number}}} item @returns {LineState} */
export function lineState({ available, num, sku }) {
  if (available) return 'ok';
  if (sku.num === 0) return 'sold_out';
  return sku.num < num ? 'fewer' : 'off_sale';
}

/** The lines that count, how many things they are, and what they cost. @param {CartItem[]} items */
export function sumUp(items) {
  const counted = items.filter((item) => lineState(item) === 'ok');
  return { counted, things: counted.reduce((sum, { num }) => sum + num, 0), total: counted.reduce((sum, item) => sum + unitPrice(item) * item.num, 0) };
}

/** @param {Prices} known @param {CartItem[]} items @returns {PriceChange[]} */
export function priceChanges(known, items) {
  return items.flatMap((item) => {
    const from = known[item.sku.id], to = unitPrice(item);
    return from === undefined || from === to ? [] : [{ item, from, to }];
  });
}
