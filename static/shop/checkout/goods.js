/** What is bought at once: a SKU of the address, with its product. */
import { api } from '../../lib/api.js';
import { Problem } from '../../lib/problem.js';

/** @typedef {import('../../types/api.js').Product} Product */
/** @typedef {import('../../types/api.js').CartItem} CartItem */

const MOST = 99;
/** How many pages of a hundred are looked through for a SKU of which nothing but its number is known. */
const PAGES = 20;

/** @param {string | undefined} text */
export function wholeNumber(text) {
  const n = Number(text);
  return Number.isSafeInteger(n) && n > 0 ? n : null;
}

/**
 * The line of *Buy now*. `product` spares the search: the API knows products, not SKUs.
 * @param {{sku?: string, num?: string, product?: string}} query
 * @param {AbortSignal} signal
 * @returns {Promise<CartItem>}
 */
export async function wantedItem({ sku: asked, num: many, product: hint }, signal) {
  const id = wholeNumber(asked), num = Math.min(MOST, wholeNumber(many) ?? 1);
  if (!id) throw new Problem({ status: 404, code: 'not_found' });
  const known = wholeNumber(hint);
  const product = (known && await productWith(id, known, signal)) || await search(id, signal);
  const sku = product?.skus.find((one) => one.id === id);
  if (!product || !sku) throw new Problem({ status: 404, code: 'not_found' });
  return { sku, num, available: sku.num >= num, product: { id: product.id, name: product.name, cover: product.cover } };
}

/** @param {number} sku @param {number} id @param {AbortSignal} signal */
async function productWith(sku, id, signal) {
  try {
    const product = await api.get('/product/{id}', { params: { id }, signal });
    return product.skus.some((one) => one.id === sku) ? product : null;
  } catch (error) {
    if (error instanceof Problem && error.status === 404) return null;
    throw error;
  }
}

/** Lists may be a second old, so what they find is asked for by itself. @param {number} sku @param {AbortSignal} signal @returns {Promise<Product | null>} */
async function search(sku, signal) {
  let cursor = /** @type {string | null | undefined} */ (undefined);
  for (let page = 0; page < PAGES; page += 1) {
    const { items, next_cursor } = await api.get('/products', { query: { cursor, page_size: 100 }, signal });
    const found = items.find((product) => product.skus.some((one) => one.id === sku));
    if (found) return productWith(sku, found.id, signal);
    if (!next_cursor) return null;
    cursor = next_cursor;
  }
  return null;
}
