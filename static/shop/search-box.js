import { classes, html, signal, useEffect, useRef, useState } from '../lib/html.js';
import { t } from '../lib/i18n.js';
import { withQuery } from '../lib/match.js';
import { current, navigate } from '../lib/router.js';
import { Icon } from '../ui/icon.js';

/** On the phone the box is hidden until it is asked for. */
const opened = signal(false);

/** The magnifier of the phone's header; without script it leads to the search page. */
export function SearchOpener() {
  const open = (/** @type {Event} */ event) => { event.preventDefault(); opened.value = true; };
  return html`<a class="icon-btn phone-only phone-search" href="/search" aria-label=${t('common.search')} onClick=${open}><${Icon} name="search" /></a>`;
}

/** The search of the header. Its suggestions are fetched with the first focus. */
export function SearchBox() {
  const page = current.value, asked = page?.at === 'browse' ? page.query.q ?? '' : '';
  const [text, setText] = useState(asked);
  const [Suggestions, setSuggestions] = useState(/** @type {any} */ (null));
  const input = useRef(/** @type {HTMLInputElement | null} */ (null));
  const typed = useRef(false); // letters since the last search: a result that arrives late leaves them alone
  useEffect(() => { if (!typed.current || document.activeElement !== input.current) setText(asked); }, [asked]);
  useEffect(() => { opened.value = false; }, [page]);
  useEffect(() => { if (opened.value) { input.current?.focus(); input.current?.select(); } }, [opened.value]);
  const wake = () => { if (!Suggestions) import('./search/suggestions.js').then((file) => setSuggestions(() => file.Suggestions), () => {}); };
  const type = (/** @type {any} */ event) => { typed.current = true; setText(event.currentTarget.value); };
  const search = (/** @type {string} */ words) => { typed.current = false; void navigate(withQuery('/search', { q: words.trim() })); };
  const submit = (/** @type {Event} */ event) => { event.preventDefault(); search(text); };
  const escape = (/** @type {KeyboardEvent} */ event) => { if (event.key === 'Escape' && !event.defaultPrevented) opened.value = false; };
  return html`<form class=${classes('searchbox', opened.value && 'open')} role="search" action="/search" onSubmit=${submit} onKeyDown=${escape}><${Icon} name="search" />
    <input type="search" name="q" ref=${input} maxlength="200" autocomplete="off" enterkeyhint="search" aria-label=${t('common.search')} placeholder=${t('common.searchHint')}
      value=${text} onFocus=${wake} onInput=${type} />
    ${opened.value && html`<button class="icon-btn close" type="button" aria-label=${t('common.close')} onClick=${() => { opened.value = false; }}><${Icon} name="x" /></button>`}
    ${Suggestions && html`<${Suggestions} input=${input} text=${text} typed=${typed} onSearch=${search} />`}</form>`;
}
