/** What the tests of the sale pages are told. */

/** @typedef {import('./machine.js').Sale} Sale */
/** @typedef {import('./machine.js').Order} Order */
/** @typedef {import('./machine.js').Facts} Facts */

export const START = Date.parse('2026-11-27T20:00:00.000Z');
export const END = START + 5 * 60_000;
export const MINUTE = 60_000;
const iso = (/** @type {number} */ at) => new Date(at).toISOString();

/** @param {Partial<Sale>} [changes] @returns {Sale} */
export const aSale = (changes = {}) => /** @type {any} */ ({ id: 5, sku_id: 7, title: 'Half price', price: 44900, list_price: 89900, currency: 'USD', stock_total: 200, stock_left: 62,
  per_user_limit: 1, starts_at: iso(START), ends_at: iso(END), state: 'live', server_time: iso(START), product: { id: 9, name: 'Camera',
    skus: [{ id: 7, product_id: 9, options: {}, price: 89900, discount_price: 79900, num: 3, currency: 'USD' }] }, ...changes });

/** @param {Partial<Order> & {num?: number}} [changes] @returns {Order} */
export const anOrder = ({ num = 1, ...changes } = {}) => /** @type {any} */ ({ id: 'order-1', status: 'unpaid', lines: [{ num }], total: 44900 * num, currency: 'USD', address: null, seckill_id: 5,
  created_at: iso(START + 3418), pay_by: iso(START + 3418 + 15 * MINUTE), cancel_reason: null, ...changes });

/** A member who looks a minute after the start. @param {Partial<Facts>} [changes] @returns {Facts} */
export const someFacts = (changes = {}) => ({ sale: aSale(), now: START + MINUTE, member: true, online: true, claim: null, orders: [], ...changes });
