/** What goods cost, as the shop tells it: with promotions, delivery and tax. */
import { api } from '../../lib/api.js';
import { useLoad } from '../../lib/page.js';
import { unitPrice } from '../cart/lines.js';

/** @typedef {import('../../types/api.js').Quote} Quote */
/** @typedef {import('../../types/api.js').QuoteRequest} QuoteRequest */
/** @typedef {import('../../types/api.js').CartItem} CartItem */
/**
 * @typedef {object} Quoted
 * @property {Quote | undefined} quote the last answer, perhaps of a moment ago
 * @property {boolean} settled it answers what is asked now
 * @property {boolean} waiting there is no answer yet
 * @property {import('../../lib/problem.js').Problem | null} error
 * @property {boolean} busy
 * @property {() => void} reload
 */

/**
 * @param {QuoteRequest | null} request null: there is nothing to ask for, or nobody who may
 * @param {CartItem[]} items the goods in question: when they change at the shop, it is asked again
 * @returns {Quoted}
 */
export function useQuote(request, items) {
  const asked = request && JSON.stringify(request);
  const load = useLoad(request ? async (signal) => ({ asked, quote: await api.post('/quote', request, { signal }) }) : null, [asked, stamp(items)], { keep: true });
  const answer = request ? load.data : undefined;
  return { quote: answer?.quote, settled: answer !== undefined && answer.asked === asked, waiting: request !== null && !answer && !load.error, error: request && load.error,
    busy: load.loading, reload: load.reload };
}

/** @param {CartItem[]} items */
const stamp = (items) => items.map((item) => `${item.sku.id}x${item.num}@${unitPrice(item)}/${item.available}`).join();

/** What is taken off a line; nothing while the quote is of another number of units. @param {Quote | undefined} quote @param {CartItem} item */
export const lineDiscount = (quote, { sku, num }) => quote?.lines.find((line) => line.sku_id === sku.id && line.num === num)?.discount ?? 0;
