/** What every list of the console has: a panel with its toolbar, its three faces, its foot. */
import { html, useEffect, useRef, useState } from '../lib/html.js';
import { number, t } from '../lib/i18n.js';
import { Empty } from '../ui/empty.js';
import { ProblemNotice } from '../ui/notice.js';
import { Icon } from '../ui/icon.js';
import { Loaded } from '../ui/loaded.js';
import { ShowMore } from '../ui/pages.js';
import { SkeletonRows } from '../ui/skeleton.js';

/**
 * A panel around a table. `head` are its column heads, `row` makes a row of an item.
 * @param {{list: import('./use-list.js').List<any>, label: string, toolbar?: any, head: any, row: (item: any) => any,
 *   empty: {title: string, text?: string, children?: any}, class?: string}} props
 */
export function ListPanel({ list, label, toolbar, head, row, empty, class: extra = '' }) {
  const busy = list.load.loading && list.load.data !== undefined;
  return html`<section class="panel" aria-label=${label} aria-busy=${busy ? 'true' : undefined}>
    ${toolbar && html`<div class="toolbar">${toolbar}</div>`}
    <${Loaded} of=${list.load} skeleton=${html`<div class="in"><${SkeletonRows} count=${6} height="2.75rem" /></div>`}>${() => (list.items.length
      ? html`<div class="table-wrap" tabindex="0" role="group" aria-label=${label}><table class=${`table list-table ${extra}`}><thead><tr>${head}</tr></thead><tbody>${list.items.map(row)}</tbody></table></div>
        <${ListFoot} list=${list} />`
      : html`<div class="in"><${Empty} ...${empty} /></div>`)}</${Loaded}>
    ${list.load.error && list.load.data !== undefined && html`<div class="in"><${ProblemNotice} error=${list.load.error} /></div>`}
  </section>`;
}

/** How many are shown, and more of them. @param {{list: import('./use-list.js').List<any>}} props */
export function ListFoot({ list }) {
  const shown = list.items.length;
  const count = list.total !== null && list.total > shown ? t('adminCommon.shownOf', { n: number(shown), total: number(list.total) })
    : list.hasMore ? t('adminCommon.shownMore', { n: shown }) : t('adminCommon.shownAll', { n: shown });
  return html`<footer><span>${count}</span>${list.hasMore && html`<${ShowMore} busy=${list.busy} onMore=${list.more} />`}</footer>
    ${list.moreError && html`<div class="in"><${ProblemNotice} error=${list.moreError} /></div>`}`;
}

/**
 * A search of the toolbar: asks on Enter and a moment after the last letter, but not between the keys of an IME.
 * @param {{label: string, value: string, onSearch: (text: string) => void, wait?: number, children?: any}} props
 */
export function ListSearch({ label, value, onSearch, wait = 350, children }) {
  const [text, setText] = useState(value);
  const timer = useRef(0), composing = useRef(false), asked = useRef(value);
  useEffect(() => { if (value !== asked.current) { asked.current = value; setText(value); } }, [value]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const ask = (/** @type {string} */ next) => {
    clearTimeout(timer.current);
    if (next.trim() === asked.current) return;
    asked.current = next.trim();
    onSearch(next.trim());
  };
  const input = (/** @type {any} */ event) => {
    const next = event.currentTarget.value;
    setText(next);
    clearTimeout(timer.current);
    if (!composing.current) timer.current = window.setTimeout(() => ask(next), wait);
  };
  const submit = (/** @type {Event} */ event) => { event.preventDefault(); ask(text); };
  return html`<form class="searchbox" role="search" onSubmit=${submit}><${Icon} name="search" />
    <input class="input" type="search" autocomplete="off" spellcheck="false" maxlength="128" placeholder=${label} aria-label=${label} value=${text} onInput=${input}
      onCompositionStart=${() => { composing.current = true; }} onCompositionEnd=${(/** @type {any} */ event) => { composing.current = false; input(event); }} />${children}</form>`;
}
