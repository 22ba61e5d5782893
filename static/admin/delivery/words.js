/** A delivery method in words. */
import { countryName } from '../../lib/countries.js';
import { list, t } from '../../lib/i18n.js';
import { money } from '../../lib/money.js';

/** More than these are only counted. */
const NAMED = 4;

/** @param {string[] | null | undefined} countries null: all */
export function countriesText(countries) {
  if (!countries) return t('adminDelivery.everywhere');
  const names = countries.map((code) => countryName(code));
  return names.length <= NAMED ? list(names) : t('adminDelivery.andMore', { names: names.slice(0, NAMED - 1).join(', '), n: names.length - NAMED + 1 });
}

/** @param {number} price */
export const priceText = (price) => (price ? money(price, { exact: true }) : t('adminDelivery.free'));
