/** A product as it is being edited: what is in the fields, before it is money and numbers. Pure. */
import { moneyInput } from '../../lib/money-input.js';
import { percentInput } from '../../lib/percent-input.js';

/** @typedef {import('../../types/api.js').Product} Product */
/** @typedef {import('../../types/api.js').Image} Image */
/** @typedef {{name: string, title: string, info: string}} Words */
/** @typedef {{key: string, image: Image | null, file: File | null, name: string, url: string}} Shot a stored picture, or a file that waits */
/**
 * @typedef {object} Variant
 * @property {string} key
 * @property {number | null} id null until it is saved
 * @property {string[]} values one for each option
 * @property {string} price
 * @property {string} reduced
 * @property {string} tax percent; empty for the shop's rate
 * @property {string} num opening stock of a new one
 * @property {number} stock of a saved one
 */
/**
 * @typedef {object} Draft
 * @property {Record<string, Words>} words by language
 * @property {string} shelf
 * @property {boolean} onSale
 * @property {string[]} options names
 * @property {Variant[]} variants
 * @property {Shot[]} shots
 */

export const TEXTS = /** @type {const} */ (['name', 'title', 'info']);
const NOTHING = { name: '', title: '', info: '' };

let last = 0;
/** A key for what the shop does not know yet. */
export const newKey = () => `new-${(last += 1)}`;

/** @param {string[]} options @returns {Variant} */
export const newVariant = (options) => ({ key: newKey(), id: null, values: options.map(() => ''), price: '', reduced: '', tax: '', num: '', stock: 0 });

/** @param {string[]} languages the shop's first @returns {Draft} */
export function emptyDraft(languages) {
  return { words: Object.fromEntries(languages.map((language) => [language, { ...NOTHING }])), shelf: '', onSale: true, options: [], variants: [{ ...newVariant([]), key: 'first' }], shots: [] };
}

/** @param {Product} product in the shop's language @param {string[]} languages the shop's first @returns {Draft} */
export function draftOf(product, languages) {
  const translations = /** @type {Record<string, Partial<Record<keyof Words, string | null>>>} */ (product.translations ?? {});
  const words = Object.fromEntries(languages.map((language, i) => {
    const from = i === 0 ? product : translations[language] ?? {};
    return [language, { name: from.name ?? '', title: from.title ?? '', info: from.info ?? '' }];
  }));
  const options = [...new Set(product.skus.flatMap((sku) => Object.keys(sku.options)))];
  const variants = product.skus.map((sku) => ({ key: String(sku.id), id: sku.id, values: options.map((name) => sku.options[name] ?? ''), price: moneyInput(sku.price, product.currency),
    reduced: sku.discount_price == null ? '' : moneyInput(sku.discount_price, product.currency), tax: sku.tax_rate_bp == null ? '' : percentInput(sku.tax_rate_bp), num: '', stock: sku.num }));
  return { words, shelf: String(product.category_id), onSale: product.on_sale, options, variants, shots: (product.images ?? []).map(shotOf) };
}

/** @param {Image} image @returns {Shot} */
export const shotOf = (image) => ({ key: String(image.id), image, file: null, name: '', url: image.variants.small });

/** `complete`, or the texts that are missing. @param {Words} words @returns {(keyof Words)[]} */
export const missing = (words) => TEXTS.filter((text) => !words[text].trim());

/** Options by name, as the API takes them. @param {Draft} draft @param {Variant} variant @returns {Record<string, string>} */
export const optionsOf = (draft, variant) => Object.fromEntries(draft.options.map((name, i) => [name.trim(), variant.values[i]?.trim() ?? '']).filter(([, value]) => value));

/**
 * What differs, field by field: the names of what changed.
 * @param {Draft} now
 * @param {Draft} before
 * @returns {string[]}
 */
export function changesOf(now, before) {
  const out = [];
  for (const [language, words] of Object.entries(now.words)) {
    for (const text of TEXTS) if (words[text] !== before.words[language]?.[text]) out.push(`words.${language}.${text}`);
  }
  if (now.shelf !== before.shelf) out.push('shelf');
  if (now.onSale !== before.onSale) out.push('onSale');
  const old = new Map(before.variants.map((variant) => [variant.key, variant]));
  for (const variant of now.variants) {
    const was = old.get(variant.key);
    if (!was) { out.push(`variant.${variant.key}`); continue; }
    if (JSON.stringify(optionsOf(now, variant)) !== JSON.stringify(optionsOf(before, was))) out.push(`variant.${variant.key}.options`);
    for (const field of /** @type {const} */ (['price', 'reduced', 'tax', 'num'])) if (variant[field] !== was[field]) out.push(`variant.${variant.key}.${field}`);
  }
  const shots = now.shots.map((shot) => shot.key), shotsBefore = before.shots.map((shot) => shot.key);
  out.push(...shots.filter((key) => !shotsBefore.includes(key)).map((key) => `shot.${key}`));
  out.push(...shotsBefore.filter((key) => !shots.includes(key)).map((key) => `gone.${key}`));
  const both = (/** @type {string[]} */ list, /** @type {string[]} */ other) => list.filter((key) => other.includes(key)).join();
  if (both(shots, shotsBefore) !== both(shotsBefore, shots)) out.push('order');
  return out;
}

/**
 * A change to one of the variants.
 * @param {Draft} draft
 * @param {string} key
 * @param {Partial<Variant>} patch
 * @returns {Draft}
 */
export const withVariant = (draft, key, patch) => ({ ...draft, variants: draft.variants.map((variant) => (variant.key === key ? { ...variant, ...patch } : variant)) });

/** @param {Draft} draft @returns {Draft} one more option, which every variant lacks */
export const withOption = (draft) => ({ ...draft, options: [...draft.options, ''], variants: draft.variants.map((variant) => ({ ...variant, values: [...variant.values, ''] })) });

/** @param {Draft} draft @param {number} at @returns {Draft} */
export const withoutOption = (draft, at) => ({ ...draft, options: draft.options.filter((_, i) => i !== at),
  variants: draft.variants.map((variant) => ({ ...variant, values: variant.values.filter((_, i) => i !== at) })) });
