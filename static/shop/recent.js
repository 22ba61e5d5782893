/** What was looked at lately, on this device, in the language of the page: pictures and names, for prices would be old. */
import { language } from '../lib/i18n.js';
import { device } from '../lib/storage.js';

/** @typedef {import('../types/api.js').Product} Product */
/** @typedef {Pick<Product, 'id' | 'name' | 'cover'>} Seen */

const KEY = `stampede_recent_${language}`;
const MOST = 12;

/** @returns {Seen[]} newest first */
export function recentProducts() {
  const kept = device.get(KEY);
  return Array.isArray(kept) ? kept : [];
}

/** @param {Product} product */
export function remember({ id, name, cover }) {
  device.set(KEY, [{ id, name, cover }, ...recentProducts().filter((one) => one.id !== id)].slice(0, MOST));
}

/** One that has left the shop. @param {number} id */
export function forgetRecent(id) {
  device.set(KEY, recentProducts().filter((one) => one.id !== id));
}
