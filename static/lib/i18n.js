/** Words: `t('area.key', {n})`. The texts of the page's language come area by area, before what uses them is rendered. */
import { signal } from '@preact/signals';

/** @typedef {string | {one?: string, other: string}} Text a text, or its plural forms by `n` */
/** @typedef {typeof import('../texts/en/index.js').default & typeof import('../texts/en/admin.js').default} Texts */
/** @typedef {{[A in keyof Texts & string]: `${A}.${keyof Texts[A] & string}`}[keyof Texts & string]} Key */
/** @typedef {'en' | 'zh' | 'ja'} Language */
/** @typedef {Record<string, string | number>} Params */

const TAGS = { en: 'en', zh: 'zh-Hans', ja: 'ja' };

/** @param {string} tag @returns {Language} */
export const languageOf = (tag) => (/^zh/i.test(tag) ? 'zh' : /^ja/i.test(tag) ? 'ja' : 'en');

/** The language of the page, as the server chose it. */
export const language = languageOf(globalThis.document?.documentElement.lang ?? 'en');
/** Its tag for Intl and `lang`. */
export const locale = TAGS[language];

/** @type {Record<string, Record<string, Text>>} */
const texts = {};
/** Counts up with each area that has come: what was rendered without its words is rendered again. */
const arrived = signal(0);

/**
 * Fetches the texts of areas that are not there yet: `common` is `texts/<language>/common.js`, `adminSales` is
 * `admin-sales.js`. A page names its areas in the routes, so that nobody waits for words of other pages.
 * @param {readonly string[]} areas
 */
export async function loadTexts(areas) {
  await Promise.all(areas.filter((area) => !texts[area]).map(async (area) => {
    const file = area.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    texts[area] = (await import(`../texts/${language}/${file}.js`)).default;
    arrived.value += 1;
  }));
}

/**
 * Puts values into a text: `{name}`; numbers in the manner of the language; `n` chooses the plural form.
 * @param {Text} text
 * @param {Params} params
 * @param {string} tag
 */
export function fill(text, params, tag) {
  const chosen = typeof text === 'string' ? text : text[pluralForm(Number(params.n), tag)] ?? text.other;
  return chosen.replace(/\{(\w+)\}/g, (whole, name) => {
    const value = params[name];
    if (value === undefined) return whole;
    return typeof value === 'number' ? new Intl.NumberFormat(tag).format(value) : value;
  });
}

/** @param {number} n @param {string} tag @returns {'one' | 'other'} */
function pluralForm(n, tag) {
  return new Intl.PluralRules(tag).select(n) === 'one' ? 'one' : 'other';
}

/**
 * @param {Key} key
 * @param {Params} [params]
 * @returns {string}
 */
export const t = (key, params = {}) => fill(lookUp(key) ?? (areaOf(key) ? key : ''), params, locale);

/** A text whose key is put together at run time, such as the code of a problem. @param {string} key @param {Params} [params] */
export function tMaybe(key, params = {}) {
  const text = lookUp(key);
  return text === undefined ? null : fill(text, params, locale);
}

/** @param {string} key @returns {Text | undefined} */
function lookUp(key) {
  return areaOf(key)?.[key.slice(key.indexOf('.') + 1)];
}

/** The texts of a key's area; undefined while they are on their way. @param {string} key */
function areaOf(key) {
  const area = texts[key.slice(0, key.indexOf('.'))];
  if (!area) void arrived.value;
  return area;
}

/** @param {number} n */
export const number = (n) => new Intl.NumberFormat(locale).format(n);

/** @param {number} ratio 0.13 is 13 % @param {number} [digits] */
export const percent = (ratio, digits = 0) =>
  new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: digits }).format(ratio).replace('-', '−');

/** @param {string[]} words */
export const list = (words) => new Intl.ListFormat(locale, { type: 'conjunction' }).format(words);

/** Sentences one after the other; Chinese and Japanese have no space between them. @param {(string | false | null | undefined)[]} parts */
export const sentences = (parts) => parts.filter(Boolean).join(language === 'en' ? ' ' : '');
