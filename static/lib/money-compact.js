/** Amounts for axes and labels of charts, where a rounded figure will do: `$26.8K`. */
import { locale } from './i18n.js';
import { decimals } from './money.js';
import { shop } from './shop.js';

/** @param {number} minor @param {string} [currency] @param {string} [tag] */
export function compactMoney(minor, currency = shop.currency, tag = locale) {
  const format = new Intl.NumberFormat(tag, { style: 'currency', currency, currencyDisplay: 'narrowSymbol', notation: 'compact', maximumFractionDigits: 1, minimumFractionDigits: 0 });
  return format.format(minor / 10 ** decimals(currency)).replace('-', '−').replace('K', 'k');
}
