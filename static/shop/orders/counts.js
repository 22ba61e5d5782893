/** How many orders there are in each state, as far as it is known: lists of orders carry no totals. */
import { useEffect, useState } from '../../lib/html.js';
import { api } from '../../lib/api.js';

/** @typedef {import('../../types/api.js').Order} Order */
/** @typedef {import('../../types/api.js').OrderStatus} OrderStatus */
/** @typedef {Partial<Record<OrderStatus, number>>} Counts */

/** More than these are not counted. */
const MOST = 100;

/** @param {Order[]} orders all there are @returns {Counts} */
export function countAll(orders) {
  /** @type {Counts} */
  const counts = {};
  for (const { status } of orders) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

/** One question, asked again when something changed; nothing is told when there are more than it answers. @param {unknown} changed */
export function useCounts(changed) {
  const [counts, setCounts] = useState(/** @type {Counts} */ ({}));
  useEffect(() => {
    const abort = new AbortController();
    api.get('/orders', { query: { page_size: MOST }, signal: abort.signal }).then(({ items, next_cursor }) => setCounts(next_cursor ? {} : countAll(items)), () => {});
    return () => abort.abort();
  }, [changed]);
  return counts;
}
