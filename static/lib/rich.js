/** Texts with markup inside, so that a sentence stays one text: `"Ships to {who}. <change>Change</change>"`. */
import { h } from 'preact';
import { t } from './i18n.js';

/** @typedef {import('./html.js').Children} Children */

/**
 * `tags` says what becomes of `<name>…</name>` and of `<name/>`; `<b>` and `<wbr/>` are known by themselves.
 * @param {import('./i18n.js').Key} key
 * @param {Record<string, (inner: string) => Children>} [tags]
 * @param {import('./i18n.js').Params} [params]
 * @returns {Children[]}
 */
export const rich = (key, tags = {}, params = {}) => enrich(t(key, params), tags);

/** @type {Record<string, (inner: string) => Children>} */
const KNOWN = {
  b: (inner) => h('b', { class: 'num' }, inner),
  wbr: () => h('wbr', null),
  br: () => h('br', null),
};

/**
 * @param {string} text
 * @param {Record<string, (inner: string) => Children>} [tags]
 * @returns {Children[]}
 */
export function enrich(text, tags = {}) {
  /** @type {Children[]} */
  const out = [];
  let rest = 0;
  for (const match of text.matchAll(/<(\w+)\/>|<(\w+)>(.*?)<\/\2>/g)) {
    const make = tags[match[1] ?? match[2]] ?? KNOWN[match[1] ?? match[2]];
    if (!make) continue;
    out.push(text.slice(rest, match.index), make(match[3] ?? ''));
    rest = match.index + match[0].length;
  }
  out.push(text.slice(rest));
  return out;
}

/** Lets a line of Japanese break after the middle dot. @param {string} text @returns {Children[]} */
export const breakable = (text) => enrich(text.replace(/・/g, '・<wbr/>'));
