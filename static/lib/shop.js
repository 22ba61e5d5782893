/** What the server says about this shop: `<script type="application/json" id="shop">`. */

/**
 * @typedef {object} Shop
 * @property {string} name
 * @property {string} currency ISO 4217
 * @property {string} language the shop's own language
 * @property {string} country ISO 3166-1 alpha-2; where an address is unless it says otherwise
 * @property {boolean} demo
 * @property {boolean} development
 * @property {number} [pay_within_secs] how long an order waits for its payment
 */

/** @type {Shop} */
const UNTOLD = { name: 'Stampede', currency: 'USD', language: 'en', country: 'US', demo: false, development: false };

/** @param {string} id */
export function embeddedJson(id) {
  const text = globalThis.document?.getElementById(id)?.textContent;
  return text ? JSON.parse(text) : null;
}

/** @type {Shop} */
export const shop = { ...UNTOLD, ...embeddedJson('shop') };

/** The address below which the files of the storefront are served, with the hash of this version. */
export const assets = new URL('..', import.meta.url).href;
