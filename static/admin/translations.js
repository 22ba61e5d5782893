/** One text in the languages beside the shop's own. */
import { html } from '../lib/html.js';
import { shop } from '../lib/shop.js';
import { Field } from '../ui/field.js';

/** Names of the languages in themselves. @type {Record<string, string>} */
export const OWN_NAMES = { en: 'English', zh: '中文', ja: '日本語' };
/** The shop's own language comes first. */
export const LANGUAGES = [...new Set([shop.language, 'en', 'zh', 'ja'])];
export const ownName = (/** @type {string} */ language) => OWN_NAMES[language] ?? language;

/** @typedef {Record<string, string>} ByLanguage */

/** What an answer says in each language. @param {any} from @param {string} field @returns {ByLanguage} */
export const textsOf = (from, field) => Object.fromEntries(LANGUAGES.map((language, i) => [language, (i === 0 ? from?.[field] : from?.translations?.[language]?.[field]) ?? '']));

/** As the API takes them; those in languages that are not shown stay. @param {ByLanguage} texts @param {any} from @param {string} field */
export function translationsBody(texts, from, field) {
  const out = { ...from?.translations };
  for (const language of LANGUAGES.slice(1)) {
    delete out[language];
    if (texts[language].trim()) out[language] = { [field]: texts[language].trim() };
  }
  return out;
}

/** A field for each of the other languages. @param {{texts: ByLanguage, label: (language: string) => string, hint: string, errors?: import('../lib/problem.js').Problem | null, onChange: (texts: ByLanguage) => void}} props */
export function TranslationFields({ texts, label, hint, errors, onChange }) {
  return LANGUAGES.slice(1).map((language, i) => html`<${Field} key=${language} label=${label(ownName(language))} lang=${language} value=${texts[language]} hint=${i === LANGUAGES.length - 2 ? hint : undefined}
    error=${errors?.errors.find((fault) => fault.field.startsWith(`translations.${language}`))} onInput=${(/** @type {any} */ event) => onChange({ ...texts, [language]: event.currentTarget.value })} />`);
}
