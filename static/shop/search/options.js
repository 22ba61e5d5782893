/** What the search box offers, and what was searched for on this device. */
import { device } from '../../lib/storage.js';

/** @typedef {import('../../types/api.js').Product} Product */
/** @typedef {{kind: 'name' | 'past', text: string} | {kind: 'product', text: string, product: Product}} Option */

const KEY = 'stampede_searches';
const [KEPT, NAMES, PAST, PAST_ALONE] = [8, 5, 2, 5];

/** @returns {string[]} the latest first */
export function pastSearches() {
  const kept = device.get(KEY);
  return Array.isArray(kept) ? kept.filter((one) => typeof one === 'string') : [];
}

/** @param {string} words */
export function rememberSearch(words) {
  const text = words.trim();
  if (text) device.set(KEY, [text, ...pastSearches().filter((one) => plain(one) !== plain(text))].slice(0, KEPT));
}

/**
 * Names first, then what was searched for before, then the product that fits best. Nothing stands there twice.
 * @param {{text: string, names: string[], product: Product | null, past: string[]}} found
 * @returns {Option[]}
 */
export function optionsOf({ text, names, product, past }) {
  const typed = plain(text.trim()), taken = new Set(product ? [plain(product.name)] : []);
  const fresh = (/** @type {string} */ one) => { const key = plain(one), is = !taken.has(key); taken.add(key); return is; };
  if (!typed) return past.filter(fresh).slice(0, PAST_ALONE).map((one) => ({ kind: 'past', text: one }));
  const offered = names.filter(fresh).slice(0, NAMES);
  const before = past.filter((one) => plain(one) !== typed && plain(one).includes(typed)).filter(fresh).slice(0, PAST);
  return [...offered.map((one) => (/** @type {Option} */ ({ kind: 'name', text: one }))), ...before.map((one) => (/** @type {Option} */ ({ kind: 'past', text: one }))),
    ...(product ? [/** @type {Option} */ ({ kind: 'product', text: product.name, product })] : [])];
}

/** The place after a press of an arrow key: around, with -1 for the box itself. @param {number} at @param {number} by @param {number} count */
export const step = (at, by, count) => ((at + 1 + by + count + 1) % (count + 1)) - 1;

/** @param {string} text */
const plain = (text) => text.normalize('NFKC').toLowerCase();
