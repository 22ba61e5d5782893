/** The form of a flash sale: what was typed, what it means, what is wrong with it. Pure, so that it is tested without a browser. */

/** @typedef {{title: string, price: string, units: string, limit: string, opens: string, closes: string}} Typed */
/** @typedef {{sku_id: number, title: string, price: number, stock_total: number, per_user_limit: number, starts_at: string, ends_at: string}} Wanted */
/** @typedef {{key: string, params?: Record<string, string | number>}} Fault a text of adminSales */
/** @typedef {Pick<import('../../types/api.js').Sale, 'sku_id' | 'title' | 'price' | 'stock_total' | 'stock_left' | 'per_user_limit' | 'starts_at' | 'ends_at'>} Kept */
/** @typedef {{id: number, price: number, num: number}} Goods */

export const MOST_UNITS = 10_000_000, MOST_EACH = 99;
/** The gate of a sale is loaded this long before it opens. */
export const LOADED_BEFORE_MS = 60_000;

const two = (/** @type {number} */ n) => String(n).padStart(2, '0');

/** An instant as `datetime-local` takes it, in the time zone of this machine. @param {number} ms */
export function toLocal(ms) {
  const at = new Date(ms);
  return `${String(at.getFullYear()).padStart(4, '0')}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
}

/** @param {string} text @returns {number | null} */
export function fromLocal(text) {
  const ms = text ? new Date(text).getTime() : Number.NaN;
  return Number.isNaN(ms) ? null : ms;
}

/** A count as people type it, with the digits of any width. @param {string} text @returns {number | null} */
export function parseCount(text) {
  const plain = text.normalize('NFKC').replace(/[\s,.'’_]/g, '');
  return /^\d{1,9}$/.test(plain) ? Number(plain) : null;
}

/**
 * @param {Typed} typed
 * @param {{goods: Goods | null, sale: Kept | null, now: number, parseMoney: (text: string) => number | null, money: (minor: number) => string}} facts
 *   `goods`: the variant that is sold; `sale`: what is changed, null for a new one
 * @returns {{faults: Partial<Record<keyof Typed | 'goods', Fault>>, wanted: Wanted | null}}
 */
export function readForm(typed, { goods, sale, now, parseMoney, money }) {
  const price = parseMoney(typed.price), units = parseCount(typed.units), limit = parseCount(typed.limit), opens = fromLocal(typed.opens), closes = fromLocal(typed.closes);
  const begun = sale !== null && Date.parse(sale.starts_at) <= now;
  // What has begun keeps its start, also the part of a second that the field does not show.
  const from = sale && (begun || typed.opens === toLocal(Date.parse(sale.starts_at))) ? Date.parse(sale.starts_at) : opens;
  const until = sale && typed.closes === toLocal(Date.parse(sale.ends_at)) ? Date.parse(sale.ends_at) : closes;
  const faults = clean({
    goods: goods ? null : { key: 'needGoods' },
    title: !typed.title.trim() ? { key: 'needTitle' } : [...typed.title].length > 128 ? { key: 'longTitle' } : null,
    price: price === null || price < 1 ? { key: 'needPrice' } : goods && price > goods.price ? { key: 'abovePrice', params: { price: money(goods.price) } } : null,
    units: unitsFault(units, goods, sale),
    limit: limit === null || limit < 1 || limit > MOST_EACH ? { key: 'needLimit' } : null,
    opens: from === null ? { key: 'needTime' } : null,
    closes: until === null ? { key: 'needTime' } : from !== null && until <= from ? { key: 'closesFirst' } : until <= now ? { key: 'closesPast' } : null,
  });
  if (Object.keys(faults).length || !goods || price === null || units === null || limit === null || from === null || until === null) return { faults, wanted: null };
  return { faults, wanted: { sku_id: goods.id, title: typed.title.trim(), price, stock_total: units, per_user_limit: limit,
    starts_at: new Date(from).toISOString(), ends_at: new Date(until).toISOString() } };
}

/** @param {number | null} units @param {Goods | null} goods @param {Kept | null} sale @returns {Fault | null} */
function unitsFault(units, goods, sale) {
  if (units === null || units < 1 || units > MOST_UNITS) return { key: 'needUnits' };
  if (goods && units > goods.num + (sale?.stock_total ?? 0)) return { key: sale ? 'onlySo' : 'onlyStock', params: { n: goods.num + (sale?.stock_total ?? 0) } };
  const taken = sale ? sale.stock_total - sale.stock_left : 0;
  return units < taken ? { key: 'belowTaken', params: { n: taken } } : null;
}

/** @template {Record<string, Fault | null>} T @param {T} all @returns {Partial<Record<keyof T, Fault>>} */
const clean = (all) => /** @type {any} */ (Object.fromEntries(Object.entries(all).filter(([, fault]) => fault !== null)));

/** What differs from the sale as it is: what a change sends. @param {Wanted} wanted @param {Kept} sale @returns {Partial<Wanted>} */
export function changes(wanted, sale) {
  const same = { ...sale, starts_at: new Date(sale.starts_at).toISOString(), ends_at: new Date(sale.ends_at).toISOString() };
  return Object.fromEntries(Object.entries(wanted).filter(([name, value]) => value !== same[/** @type {keyof Wanted} */ (name)]));
}

/**
 * Where a sale is on its way: saved, gate loaded, open, closed. The last step that was reached is `now`.
 * @param {{saved: boolean, opens: number | null, closes: number | null, now: number}} facts
 * @returns {('done' | 'now' | 'todo')[]}
 */
export function stages({ saved, opens, closes, now }) {
  const reached = [saved, saved && opens !== null && now >= opens - LOADED_BEFORE_MS, saved && opens !== null && now >= opens, saved && closes !== null && now >= closes];
  const last = reached.lastIndexOf(true);
  return reached.map((_, i) => (i < last ? 'done' : i === last ? 'now' : 'todo'));
}
