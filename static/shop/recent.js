/** What was looked at lately, on this device, in the language of the page. */
import { language } from '../lib/i18n.js';
import { device } from '../lib/storage.js';

/** @typedef {import('../types/api.js').Product} Product */

const KEY = `stampede_recent_${language}`;
const MOST = 8;

/** @returns {Product[]} newest first */
export function recentProducts() {
  const kept = device.get(KEY);
  return Array.isArray(kept) ? kept : [];
}

/** @param {Product} product */
export function remember(product) {
  const { images, info, ...small } = /** @type {Product & {images?: unknown}} */ (product);
  device.set(KEY, [{ ...small, info: '' }, ...recentProducts().filter((one) => one.id !== product.id)].slice(0, MOST));
}
