/** Amounts as people type them. */
import { locale } from './i18n.js';
import { decimals, decimalString } from './money.js';
import { shop } from './shop.js';

/** The symbol that stands before or after the figure. */
export function currencySymbol(currency = shop.currency, tag = locale) {
  const parts = new Intl.NumberFormat(tag, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' }).formatToParts(0);
  return parts.find((part) => part.type === 'currency')?.value ?? currency;
}

/** Minor units as people type them into a field: `1649` is `16.49`. @param {number} minor */
export const moneyInput = (minor, currency = shop.currency) => decimalString(minor, decimals(currency));

/**
 * What was typed, in minor units; null when it is no amount of this currency. Takes a comma as the decimal mark.
 * @param {string} text
 * @param {string} [currency]
 * @returns {number | null}
 */
export function parseMoney(text, currency = shop.currency) {
  const places = decimals(currency);
  const plain = text.normalize('NFKC').replace(/[\s\u00a0'’]/g, '').replace(/,(?=\d{3}(\D|$))/g, '').replace(',', '.');
  const match = /^(\d+)(?:\.(\d*))?$/.exec(plain);
  if (!match || (match[2] ?? '').length > places) return null;
  const minor = Number(match[1] + (match[2] ?? '').padEnd(places, '0'));
  return Number.isSafeInteger(minor) ? minor : null;
}
