/** Apart from the rules of the bag, because every page loads this. */
import { priceNow } from '../../lib/money.js';

/** @typedef {Record<string, number>} Prices by SKU, in minor units */

/** The prices to remember: of what is new in the bag today's, of what was there the one from then. @param {Prices} known @param {import('../../types/api.js').CartItem[]} items @returns {Prices} */
export const remembered = (known, items) => Object.fromEntries(items.map(({ sku }) => [sku.id, known[sku.id] ?? priceNow(sku)]));
