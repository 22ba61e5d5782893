/** What a list has found so far: pages are put together, and kept for the way back. */
import { api } from '../../lib/api.js';
import { apiQuery, filtersOf, keyOf, PAGE_SIZE, without } from './criteria.js';

/** @typedef {import('./criteria.js').Criteria} Criteria */
/** @typedef {import('../../types/api.js').Product} Product */
/** @typedef {import('../../types/api.js').Facets} Facets */
/**
 * @typedef {object} Results
 * @property {string} key of the list that it belongs to
 * @property {number} first page
 * @property {number} last
 * @property {Product[]} items of all pages from the first to the last
 * @property {number} total
 * @property {Facets | null} facets
 * @property {number} at when the shop was asked, ms
 */

/** Longer ago than this, stock and prices may have moved. */
const FRESH_MS = 5 * 60_000;
const MOST = 20;
/** @type {Map<string, Results>} */
const kept = new Map();

/** What this visit has found under these criteria, if it holds their page. @param {Criteria} criteria @returns {Results | null} */
export function keptResults(criteria) {
  const results = kept.get(keyOf(criteria));
  if (!results || performance.now() - results.at > FRESH_MS) return null;
  return criteria.page >= results.first && criteria.page <= results.last ? results : null;
}

/**
 * @param {Criteria} criteria
 * @param {AbortSignal} signal
 * @returns {Promise<Results>}
 */
export async function loadResults(criteria, signal) {
  const there = keptResults(criteria);
  if (there) return there;
  const key = keyOf(criteria);
  const answer = await api.get('/products', { query: apiQuery(criteria), signal });
  const page = { key, first: criteria.page, last: criteria.page, items: answer.items, total: answer.total ?? answer.items.length,
    facets: answer.facets ?? null, at: performance.now() };
  const results = join(kept.get(key), page);
  kept.delete(key);
  kept.set(key, results);
  if (kept.size > MOST) kept.delete([...kept.keys()][0]);
  return results;
}

/**
 * Puts the page beside those that are there, if it follows them or comes before them. What has moved to another page
 * meanwhile is shown once.
 * @param {Results | undefined} old
 * @param {Results} page
 * @returns {Results}
 */
export function join(old, page) {
  if (!old || page.at - old.at > FRESH_MS) return page;
  const after = page.first === old.last + 1, before = page.last === old.first - 1;
  if (!after && !before) return page;
  const shown = new Set(old.items.map((one) => one.id));
  const fresh = page.items.filter((one) => !shown.has(one.id));
  return { ...page, at: old.at, first: Math.min(old.first, page.first), last: Math.max(old.last, page.last),
    items: after ? [...old.items, ...fresh] : [...fresh, ...old.items] };
}

/** @param {Results} results */
export const hasMore = ({ last, total }) => last * PAGE_SIZE < total;

/** @typedef {{categories: Map<number, number> | null, prices: Facets['prices']}} Choices */

/**
 * What can be chosen, and how much of it there is: the choices of each filter are counted as if that filter were not
 * set, so that they stay while one chooses. Only a search has counts.
 * @param {Criteria} criteria
 * @param {Facets | null} facets those of the results
 * @param {AbortSignal} signal
 * @returns {Promise<Choices>}
 */
export async function loadChoices(criteria, facets, signal) {
  if (!facets) return { categories: null, prices: [] };
  const ask = async (/** @type {'category' | 'price'} */ filter) => {
    if (!filtersOf(criteria).includes(filter)) return facets;
    const query = { ...apiQuery({ ...without(criteria, [filter]), sort: '' }), page_size: 1 };
    return (await api.get('/products', { query, signal })).facets;
  };
  const [shelves, prices] = await Promise.all([ask('category'), ask('price')]);
  return { categories: shelves ? new Map(shelves.categories.map((one) => [one.category_id, one.count])) : null, prices: prices?.prices ?? [] };
}
