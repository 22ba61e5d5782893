/** What is not right yet in a draft, by field, before the shop is asked. Pure. */
import { parseMoney } from '../../lib/money-input.js';
import { parsePercent } from '../../lib/percent-input.js';
import { optionsOf } from './draft.js';

/** @typedef {import('./draft.js').Draft} Draft */
/** @typedef {import('./draft.js').Variant} Variant */
/** @typedef {{key: string, n?: number, amount?: number, code?: string}} Fault `key`: a text of adminProducts; `code`: a fault of the API */
/** @typedef {Record<string, Fault>} Faults by field: `words.en.name`, `shelf`, `variant.<key>.price` */

const LONGEST = { name: 128, title: 255, info: 20_000 };

/** Characters as the shop counts them. @param {string} text */
const length = (text) => [...text].length;

/** @param {Draft} draft @param {string} shopLanguage @returns {Faults} */
export function faultsOf(draft, shopLanguage) {
  /** @type {Faults} */
  const out = {};
  for (const [language, words] of Object.entries(draft.words)) {
    for (const [text, most] of Object.entries(LONGEST)) {
      if (length(words[/** @type {'name'} */ (text)]) > most) out[`words.${language}.${text}`] = { key: 'faultLong', n: most };
    }
  }
  if (!draft.words[shopLanguage].name.trim()) out[`words.${shopLanguage}.name`] = { key: 'faultName' };
  if (!draft.shelf) out.shelf = { key: 'faultShelf' };
  draft.options.forEach((name, i) => {
    if (!name.trim()) out[`option.${i}`] = { key: 'faultOption' };
    else if (draft.options.findIndex((other) => other.trim() === name.trim()) < i) out[`option.${i}`] = { key: 'faultOptionTwice' };
  });
  const seen = new Set();
  for (const variant of draft.variants) {
    Object.assign(out, variantFaults(draft, variant));
    const same = JSON.stringify(optionsOf(draft, variant));
    if (seen.has(same)) out[`variant.${variant.key}.value.0`] ??= { key: 'faultTwice' };
    seen.add(same);
  }
  return out;
}

/** @param {Draft} draft @param {Variant} variant @returns {Faults} */
function variantFaults(draft, variant) {
  /** @type {Faults} */
  const out = {}, field = `variant.${variant.key}`;
  const price = parseMoney(variant.price), reduced = variant.reduced.trim() ? parseMoney(variant.reduced) : null;
  if (price === null || price <= 0) out[`${field}.price`] = { key: 'faultPrice' };
  if (variant.reduced.trim() && (reduced === null || reduced <= 0)) out[`${field}.reduced`] = { key: 'faultPrice' };
  else if (reduced !== null && price !== null && reduced > price) out[`${field}.reduced`] = { key: 'faultReduced', amount: price };
  if (variant.tax.trim() && parsePercent(variant.tax) === null) out[`${field}.tax`] = { key: 'faultTax' };
  if (variant.id === null && wholeNumber(variant.num) === null) out[`${field}.num`] = { key: 'faultNum' };
  if (draft.variants.length > 1) {
    variant.values.forEach((value, i) => { if (!value.trim() && (variant.id === null || !Object.keys(optionsOf(draft, variant)).length)) out[`${field}.value.${i}`] = { key: 'faultValue' }; });
  }
  return out;
}

/** Units as people type them, 0 or more; null when it is no such number. @param {string} text @returns {number | null} */
export function wholeNumber(text) {
  const plain = text.normalize('NFKC').trim();
  return /^\d{1,10}$/.test(plain) && Number(plain) <= 1_000_000_000 ? Number(plain) : null;
}

/** A movement of stock as people type it: `40`, `+40`, `−2`; null when it moves nothing. @param {string} text @returns {number | null} */
export function signedNumber(text) {
  const plain = text.normalize('NFKC').trim().replace(/[−–]/, '-');
  const n = /^[+-]?\d{1,10}$/.test(plain) ? Number(plain) : 0;
  return n !== 0 && Math.abs(n) <= 1_000_000_000 ? n : null;
}

/**
 * The faults that the shop found, at the fields of the draft.
 * @param {import('../../lib/problem.js').Problem} problem
 * @param {string[]} sent keys of the variants in the order in which they were sent
 * @param {string} shopLanguage
 * @returns {Faults}
 */
export function faultsFrom(problem, sent, shopLanguage) {
  /** @type {Faults} */
  const out = {};
  for (const { field, code } of problem.errors) out[placeOf(field, sent, shopLanguage)] ??= { key: '', code };
  return out;
}

/** @param {string} field @param {string[]} sent @param {string} language */
function placeOf(field, sent, language) {
  const inSku = /^skus\[(\d+)\]\.(\w+)/.exec(field);
  const names = { price: 'price', discount_price: 'reduced', tax_rate_bp: 'tax', num: 'num', options: 'value.0' };
  if (inSku && sent[Number(inSku[1])]) return `variant.${sent[Number(inSku[1])]}.${names[/** @type {'num'} */ (inSku[2])] ?? 'value.0'}`;
  if (field in names && sent.length === 1) return `variant.${sent[0]}.${names[/** @type {'num'} */ (field)]}`;
  const translated = /^translations\.(\w+)\.(\w+)/.exec(field);
  if (translated) return `words.${translated[1]}.${translated[2]}`;
  if (field === 'name' || field === 'title' || field === 'info') return `words.${language}.${field}`;
  return field === 'category_id' ? 'shelf' : field;
}
