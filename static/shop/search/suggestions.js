import { html, useEffect, useId, useLayoutEffect, useRef, useState, useStatePer } from '../../lib/html.js';
import { api } from '../../lib/api.js';
import { loadTexts, t } from '../../lib/i18n.js';
import { money, priceNow } from '../../lib/money.js';
import { navigate } from '../../lib/router.js';
import { Icon } from '../../ui/icon.js';
import { Picture } from '../../ui/plate.js';
import { highlight } from '../highlight.js';
import { optionsOf, pastSearches, rememberSearch, step } from './options.js';

/** @typedef {import('./options.js').Option} Option */
/** @typedef {{text: string, names: string[], product: import('../../types/api.js').Product | null}} Answer */

const PAUSE_MS = 150;
/** @type {Answer} */
const NONE = { text: '', names: [], product: null };

/**
 * The list below the search box. The input stays a `searchbox`, as which people and their tools know it; the roles around
 * it are those of a combobox: a listbox that it controls, with the active option told by `aria-activedescendant`.
 * They are loaded with the first focus: letters `typed` before they are there open the list as later letters do.
 * @param {{input: {current: HTMLInputElement | null}, text: string, typed: {current: boolean}, onSearch: (words: string) => void}} props
 */
export function Suggestions({ input, text, typed, onSearch }) {
  const id = useId();
  const [open, setOpen] = useState(() => document.activeElement === input.current && (typed.current || text.trim() === ''));
  const [at, setAt] = useStatePer(text, -1);
  const [composing, setComposing] = useState(false);
  const answer = useAnswer(text, open && !composing);
  const options = open ? optionsOf({ text, names: answer.names, product: answer.product, past: pastSearches() }) : [];
  const shown = options.length > 0, active = shown && at < options.length ? at : -1;
  useEffect(() => { void loadTexts(['list']).catch(() => {}); }, []);

  const choose = (/** @type {Option} */ option) => {
    setOpen(false);
    if (option.kind === 'product') return void navigate(`/p/${option.product.id}`);
    rememberSearch(option.text);
    return onSearch(option.text);
  };
  const keys = (/** @type {KeyboardEvent} */ event) => {
    if (event.isComposing) return; // Enter and arrows choose characters now
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (by) { setOpen(true); setAt(step(active, by, options.length)); }
    else if (event.key === 'Enter' && active >= 0) choose(options[active]);
    else if (event.key === 'Enter') { rememberSearch(text); setOpen(false); return; }
    else if (event.key === 'Escape' && shown) setOpen(false);
    else return;
    event.preventDefault();
  };
  useListeners(input, { keydown: keys, input: () => setOpen(true), focus: () => setOpen(input.current?.value.trim() === ''), blur: () => setOpen(false),
    compositionstart: () => setComposing(true), compositionend: () => setComposing(false) });
  useEffect(() => describe(input.current, shown ? id : null, active >= 0 ? `${id}-${active}` : null), [shown, active]);

  return html`<span class="unseen" role="status">${shown ? t('list.suggested', { n: options.length }) : ''}</span>
    ${shown && html`<ul class="suggest" role="listbox" id=${id} aria-label=${t('list.suggestions')} onMouseDown=${(/** @type {Event} */ event) => event.preventDefault()}>
      ${options.map((option, i) => html`<li role="option" id=${`${id}-${i}`} key=${option.kind + option.text} aria-selected=${String(i === active)} onClick=${() => choose(option)}><${Row} option=${option} text=${text} /></li>`)}</ul>`}`;
}

/** @param {{option: Option, text: string}} props */
function Row({ option, text }) {
  const words = html`<span>${highlight(option.text, text).map((part) => (part.hit ? html`<b>${part.text}</b>` : part.text))}</span>`;
  if (option.kind === 'product') return html`<${Picture} image=${option.product.cover} sizes="2.25rem" />${words}<span class="end num">${money(priceNow(option.product))}</span>`;
  if (option.kind === 'past') return html`<${Icon} name="history" />${words}<span class="end">${t('list.searchedBefore')}</span>`;
  return html`<${Icon} name="search" />${words}`;
}

/** Asks 150 ms after the last letter; what fails offers nothing, for the search itself will say why. @param {string} text @param {boolean} on */
function useAnswer(text, on) {
  const [answer, setAnswer] = useState(NONE);
  const q = text.trim();
  useEffect(() => {
    if (!on || !q || q === answer.text) return undefined;
    const abort = new AbortController(), { signal } = abort;
    const timer = setTimeout(async () => {
      try {
        const [names, products] = await Promise.all([api.get('/products/suggest', { query: { q }, signal }), api.get('/products', { query: { q, page_size: 1 }, signal })]);
        setAnswer({ text: q, names: names.items, product: products.items[0] ?? null });
      } catch { /* see above */ }
    }, PAUSE_MS);
    return () => { clearTimeout(timer); abort.abort(); };
  }, [q, on]);
  return answer;
}

/** The input belongs to the search box, which is there before we are. @param {{current: HTMLInputElement | null}} input @param {Record<string, (event: any) => void>} handlers */
function useListeners(input, handlers) {
  const latest = useRef(handlers);
  latest.current = handlers;
  useLayoutEffect(() => {
    const element = input.current;
    if (!element) return undefined;
    const abort = new AbortController();
    for (const name of Object.keys(latest.current)) element.addEventListener(name, (event) => latest.current[name](event), { signal: abort.signal });
    return () => abort.abort();
  }, []);
}

/** @param {HTMLInputElement | null} element @param {string | null} list @param {string | null} option */
function describe(element, list, option) {
  if (!element) return;
  element.setAttribute('aria-autocomplete', 'list');
  element.setAttribute('aria-haspopup', 'listbox');
  for (const [name, value] of [['aria-controls', list], ['aria-activedescendant', option]]) {
    if (value) element.setAttribute(/** @type {string} */ (name), value);
    else element.removeAttribute(/** @type {string} */ (name));
  }
}
