/** Money: minor units in, words out, in the currency's own decimals. */
import { locale } from './i18n.js';
import { shop } from './shop.js';

/** @typedef {{currency?: string, exact?: boolean, tag?: string, sign?: boolean}} MoneyOptions */

/** Minor units in one major unit, as a power of ten. @param {string} currency */
export function decimals(currency = shop.currency) {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
}

/**
 * Written as a decimal and never divided: 2^53 − 1 keeps its last cent.
 * @param {number} minor
 * @param {number} places
 */
export function decimalString(minor, places) {
  const digits = String(Math.abs(minor)).padStart(places + 1, '0');
  const whole = places ? `${digits.slice(0, -places)}.${digits.slice(-places)}` : digits;
  return minor < 0 ? `-${whole}` : whole;
}

/**
 * `exact` keeps empty cents, as the bag, the checkout and the books do; shelves drop them.
 * @param {number} minor
 * @param {MoneyOptions} [options]
 */
export function money(minor, { currency = shop.currency, exact = false, tag = locale, sign = false } = {}) {
  const format = new Intl.NumberFormat(tag, { style: 'currency', currency, currencyDisplay: 'narrowSymbol',
    signDisplay: sign ? 'exceptZero' : 'auto', ...(exact ? {} : { trailingZeroDisplay: 'stripIfInteger' }) });
  const text = decimalString(minor, decimals(currency));
  return format.format(/** @type {any} */ (text)).replace('-', '−');
}

/** What a buyer pays, of a product or a SKU. @param {{price: number, discount_price?: number | null}} goods */
export const priceNow = (goods) => goods.discount_price ?? goods.price;

/** How much less than the list price, in whole percent. @param {number} now @param {number} before */
export const reduction = (now, before) => (before > now ? Math.round((1 - now / before) * 100) : 0);
