/** What the shop is asked for to make a draft true. Pure. */
import { parseMoney } from '../../lib/money-input.js';
import { parsePercent } from '../../lib/percent-input.js';
import { TEXTS, missing, optionsOf } from './draft.js';
import { wholeNumber } from './faults.js';

/** @typedef {import('./draft.js').Draft} Draft */
/** @typedef {import('./draft.js').Variant} Variant */

/** Money, tax and options of a variant. @param {Draft} draft @param {Variant} variant */
const skuOf = (draft, variant) => ({ options: optionsOf(draft, variant), price: /** @type {number} */ (parseMoney(variant.price)),
  discount_price: variant.reduced.trim() ? parseMoney(variant.reduced) : null, tax_rate_bp: variant.tax.trim() ? parsePercent(variant.tax) : null });

/**
 * Translations replace all present ones, so those in languages that the editor does not show are kept.
 * @param {Draft} draft
 * @param {string} shopLanguage
 * @param {Record<string, unknown>} [present]
 */
export function translationsOf(draft, shopLanguage, present = {}) {
  const out = /** @type {Record<string, unknown>} */ ({ ...present });
  for (const [language, words] of Object.entries(draft.words)) {
    if (language === shopLanguage) continue;
    delete out[language];
    if (missing(words).length < TEXTS.length) out[language] = Object.fromEntries(TEXTS.filter((text) => words[text].trim()).map((text) => [text, words[text].trim()]));
  }
  return out;
}

/**
 * The form that makes a new product, pictures and all: one request, so that a failure leaves nothing behind.
 * @param {Draft} draft
 * @param {string} shopLanguage
 */
export function creationForm(draft, shopLanguage) {
  const words = draft.words[shopLanguage], form = new FormData(), translations = translationsOf(draft, shopLanguage);
  for (const text of TEXTS) form.append(text, words[text].trim());
  form.append('category_id', draft.shelf);
  form.append('on_sale', String(draft.onSale));
  form.append('skus', JSON.stringify(draft.variants.map((variant) => ({ ...skuOf(draft, variant), num: wholeNumber(variant.num) ?? 0 }))));
  if (Object.keys(translations).length) form.append('translations', JSON.stringify(translations));
  for (const shot of draft.shots) if (shot.file) form.append('file', shot.file, shot.name);
  return form;
}

/**
 * The change of a product, with only what differs; null when nothing of it does.
 * @param {Draft} draft
 * @param {string[]} changes of `changesOf`
 * @param {string} shopLanguage
 * @param {Record<string, unknown>} present translations
 * @returns {{body: Record<string, any>, sent: string[]} | null} `sent`: keys of the variants, in the order of `skus`
 */
export function changeOf(draft, changes, shopLanguage, present) {
  /** @type {Record<string, any>} */
  const body = {};
  for (const text of TEXTS) if (changes.includes(`words.${shopLanguage}.${text}`)) body[text] = draft.words[shopLanguage][text].trim();
  if (changes.some((change) => change.startsWith('words.') && !change.startsWith(`words.${shopLanguage}.`))) body.translations = translationsOf(draft, shopLanguage, present);
  if (changes.includes('shelf')) body.category_id = Number(draft.shelf);
  if (changes.includes('onSale')) body.on_sale = draft.onSale;
  const touched = draft.variants.filter((variant) => changes.some((change) => change === `variant.${variant.key}` || change.startsWith(`variant.${variant.key}.`)));
  if (touched.length) body.skus = touched.map((variant) => (variant.id === null ? { ...skuOf(draft, variant), num: wholeNumber(variant.num) ?? 0 } : { id: variant.id, ...skuOf(draft, variant) }));
  return Object.keys(body).length ? { body, sent: touched.map((variant) => variant.key) } : null;
}
