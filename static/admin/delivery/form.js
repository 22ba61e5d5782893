/** The form of a delivery method: what was typed, what it means, what is wrong with it. Pure. */

/** @typedef {import('../../types/api.js').DeliveryMethod} Method */
/** @typedef {{name: string, price: string, freeFrom: string, countries: string[] | null, enabled: boolean}} Typed `countries`: null for all */
/** @typedef {Omit<Method, 'id'>} Wanted */
/** @typedef {'name' | 'price' | 'freeFrom' | 'countries'} Name */
/** @typedef {Partial<Record<Name, 'needName' | 'longName' | 'needPrice' | 'needFreeFrom' | 'needCountry'>>} Faults keys of `adminDelivery.` */

const LONGEST_NAME = 64;

/** @param {Method | null} method @param {(minor: number) => string} moneyInput @returns {Typed} */
export const typedOf = (method, moneyInput) => ({ name: method?.name ?? '', price: method ? moneyInput(method.price) : '', freeFrom: method?.free_from != null ? moneyInput(method.free_from) : '',
  countries: method?.countries ?? null, enabled: method?.enabled ?? true });

/** @param {Typed} typed @param {(text: string) => number | null} parseMoney @returns {{faults: Faults, wanted: Wanted | null}} */
export function readForm(typed, parseMoney) {
  const name = typed.name.trim(), price = parseMoney(typed.price), free = typed.freeFrom.trim() ? parseMoney(typed.freeFrom) : null;
  /** @type {Faults} */
  const faults = {};
  if (!name) faults.name = 'needName';
  else if ([...name].length > LONGEST_NAME) faults.name = 'longName';
  if (price === null) faults.price = 'needPrice';
  if (free === null && typed.freeFrom.trim()) faults.freeFrom = 'needFreeFrom';
  if (typed.countries?.length === 0) faults.countries = 'needCountry';
  return { faults, wanted: price === null || Object.keys(faults).length ? null : { name, price, free_from: free, countries: typed.countries, enabled: typed.enabled } };
}
