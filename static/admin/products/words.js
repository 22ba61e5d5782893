import { html, useState } from '../../lib/html.js';
import { t } from '../../lib/i18n.js';
import { Field } from '../../ui/field.js';
import { Segment } from '../../ui/segment.js';
import { missing } from './draft.js';
import { faultWords } from './fault-words.js';

/** @typedef {import('./draft.js').Words} Words */

/** Names of the languages in themselves. @type {Record<string, string>} */
export const OWN_NAMES = { en: 'English', zh: '中文', ja: '日本語' };
const LABELS = /** @type {const} */ ({ name: 'adminProducts.name', title: 'adminProducts.line', info: 'adminProducts.description' });

/**
 * Name, line and description in each language.
 * @param {{words: Record<string, Words>, languages: string[], faults: import('./faults.js').Faults, onChange: (language: string, words: Words) => void}} props
 *   `languages`: the shop's first
 */
export function WordsPanel({ words, languages, faults, onChange }) {
  const [chosen, choose] = useState(languages[0]);
  const faulty = languages.find((language) => Object.keys(faults).some((field) => field.startsWith(`words.${language}.`)));
  const [shown, setShown] = useState(faulty);
  if (faulty !== shown) { setShown(faulty); if (faulty) choose(faulty); }
  const now = words[chosen], own = chosen === languages[0];
  const field = (/** @type {'name' | 'title' | 'info'} */ name) => ({ label: t(LABELS[name]), value: now[name], lang: chosen, error: faultWords(faults[`words.${chosen}.${name}`]), id: `words-${name}`,
    onInput: (/** @type {any} */ event) => onChange(chosen, { ...now, [name]: event.currentTarget.value }) });
  return html`<section class="panel" aria-labelledby="words"><header class="middle"><h2 id="words">${t('adminProducts.words')}</h2>
      <${Segment} label=${t('adminProducts.language')} value=${chosen} onChange=${choose} options=${languages.map((language) => ({ value: language, label: html`<${Tab} language=${language} words=${words[language]} />` }))} /></header>
    <div class="in stack"><${Field} ...${field('name')} required=${own} /><${Field} ...${field('title')} />
      <${Field} multiline rows="4" ...${field('info')} hint=${own ? t('adminProducts.descriptionHint') : t('adminProducts.fallback', { language: OWN_NAMES[languages[0]] ?? languages[0] })} /></div></section>`;
}

/** A dot for complete, a ring for what is missing. @param {{language: string, words: Words}} props */
function Tab({ language, words }) {
  const gaps = missing(words), say = gaps.length ? t('adminProducts.missing', { what: gaps.map((text) => t(LABELS[text])).join(', ') }) : t('adminProducts.complete');
  return html`<span title=${say}><span lang=${language}>${OWN_NAMES[language] ?? language}</span><i class=${gaps.length ? 'lang-dot part' : 'lang-dot'}></i><span class="unseen"> ${say}</span></span>`;
}
