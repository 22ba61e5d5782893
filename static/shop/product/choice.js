/** Which SKU is meant, and what its options are called: rules of the picker. */
import { language, tMaybe } from '../../lib/i18n.js';
import { shop } from '../../lib/shop.js';

/** @typedef {import('../../types/api.js').Sku} Sku */

/** Names of options in the order in which SKUs give them. @param {Sku[]} skus @returns {string[]} */
export const optionNames = (skus) => [...new Set(skus.flatMap((sku) => Object.keys(sku.options)))];

/** Options are written in the shop's language; the texts know the usual ones in the others. @param {string} name @returns {string} */
export function optionName(name) {
  if (language === shop.language) return name;
  const plain = name.trim().toLowerCase();
  return tMaybe(`product.option${plain.charAt(0).toUpperCase()}${plain.slice(1)}`) ?? name;
}

/** Values of one option, each once. @param {Sku[]} skus @param {string} name @returns {string[]} */
export const valuesOf = (skus, name) => [...new Set(skus.flatMap((sku) => (sku.options[name] === undefined ? [] : [sku.options[name]])))];

/** The SKU that the page begins with: that of the address, else the first in stock, else the first. @param {Sku[]} skus @param {string | undefined} asked */
export const firstSku = (skus, asked) => skus.find((sku) => String(sku.id) === asked) ?? skus.find((sku) => sku.num > 0) ?? skus[0];

/**
 * What picking a value leads to: the SKU that keeps the other options, else one in stock that has the value.
 * @param {Sku[]} skus
 * @param {Sku} from
 * @param {string} name
 * @param {string} value
 * @returns {Sku | undefined}
 */
export function pick(skus, from, name, value) {
  const having = skus.filter((sku) => sku.options[name] === value);
  const wanted = { ...from.options, [name]: value };
  const exact = having.find((sku) => Object.entries(wanted).every(([key, one]) => sku.options[key] === one));
  return exact ?? having.find((sku) => sku.num > 0) ?? having[0];
}

/** In words: `Cognac, 12`. @param {Sku} sku */
export const skuName = (sku) => Object.values(sku.options).join(', ');
