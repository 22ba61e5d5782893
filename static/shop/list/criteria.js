/** What a list shows: read from its address, asked of the API, written back into an address. */

/**
 * @typedef {object} Criteria
 * @property {number | null} category
 * @property {string} q
 * @property {number | null} min in minor units
 * @property {number | null} max
 * @property {boolean} inStock
 * @property {string} sort '' is the order that the API chooses: best match with words, newest without
 * @property {number} page
 */

export const PAGE_SIZE = 24;
/** The API pages by number so far, and no further. */
const LAST_PAGE = Math.floor(10_000 / PAGE_SIZE);
const MOST_LETTERS = 200;
const SORTS = ['new', 'price', '-price', 'hot'];

/** The orders that can be chosen; the first is that of an address without one. @param {string} q */
export const sortsFor = (q) => (q ? ['relevance', ...SORTS] : SORTS);

/** What does not make sense in an address is as good as absent. @param {Record<string, string>} params @param {Record<string, string>} query @returns {Criteria} */
export function readCriteria(params, query) {
  const q = (query.q ?? '').trim().slice(0, MOST_LETTERS);
  const sort = query.sort ?? '', sorts = sortsFor(q);
  return { category: wholeNumber(params.id), q, min: wholeNumber(query.min_price), max: wholeNumber(query.max_price), inStock: query.in_stock === 'true',
    sort: sorts.includes(sort) && sort !== sorts[0] ? sort : '', page: Math.min(Math.max(wholeNumber(query.page_num) ?? 1, 1), LAST_PAGE) };
}

/** @param {string | undefined} text */
function wholeNumber(text) {
  const n = /^\d{1,16}$/.test(text ?? '') ? Number(text) : NaN;
  return Number.isSafeInteger(n) ? n : null;
}

/** The query of `/products`, in the order in which the server put it into the page. @param {Criteria} criteria */
export const apiQuery = ({ category, q, min, max, inStock, sort, page }) => ({ category_id: category, q, min_price: min, max_price: max,
  in_stock: inStock || null, sort, page_num: page > 1 ? page : null, page_size: PAGE_SIZE });

/** @param {Criteria} criteria @returns {string} the address of a list */
export function pathOf({ category, q, min, max, inStock, sort, page }) {
  const query = new URLSearchParams();
  if (q) query.set('q', q);
  if (min !== null) query.set('min_price', String(min));
  if (max !== null) query.set('max_price', String(max));
  if (inStock) query.set('in_stock', 'true');
  if (sort) query.set('sort', sort);
  if (page > 1) query.set('page_num', String(page));
  const search = query.toString(), path = category !== null ? `/c/${category}` : q ? '/search' : '/c';
  return search ? `${path}?${search}` : path;
}

/** All pages of a list have one key. @param {Criteria} criteria */
export const keyOf = (criteria) => pathOf({ ...criteria, page: 1 });

/** @typedef {'category' | 'price' | 'stock'} Filter */

/** The filters that are set. A shelf is the page itself, unless words are looked for on it. @param {Criteria} criteria @returns {Filter[]} */
export function filtersOf({ category, q, min, max, inStock }) {
  /** @type {[Filter, boolean][]} */
  const all = [['category', category !== null && q !== ''], ['price', min !== null || max !== null], ['stock', inStock]];
  return all.filter(([, set]) => set).map(([name]) => name);
}

/** The same list without some filters, from its first page. @param {Criteria} criteria @param {Filter[]} filters @returns {Criteria} */
export function without(criteria, filters) {
  const off = (/** @type {Filter} */ name) => filters.includes(name);
  return { ...criteria, page: 1, category: off('category') ? null : criteria.category, min: off('price') ? null : criteria.min,
    max: off('price') ? null : criteria.max, inStock: off('stock') ? false : criteria.inStock };
}

/** Two amounts as a range, whichever comes first. @param {number | null} from @param {number | null} to */
export const range = (from, to) => (from !== null && to !== null && from > to ? { min: to, max: from } : { min: from, max: to });
