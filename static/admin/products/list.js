import { html, useEffect, useRef, useState } from '../../lib/html.js';
import { api } from '../../lib/api.js';
import { download } from '../../lib/download.js';
import { t } from '../../lib/i18n.js';
import { useAction, useLoad, usePage } from '../../lib/page.js';
import { setQuery } from '../../lib/router.js';
import { toast } from '../../lib/toast.js';
import { Button } from '../../ui/button.js';
import { Empty } from '../../ui/empty.js';
import { Select } from '../../ui/field.js';
import { Icon } from '../../ui/icon.js';
import { Loaded } from '../../ui/loaded.js';
import { ProblemNotice } from '../../ui/notice.js';
import { SkeletonRows } from '../../ui/skeleton.js';
import { useTopbar } from '../shell.js';
import { readMatching } from './matching.js';
import { ProductTable } from './table.js';
import { shelfOptions } from './shelf-options.js';

/** @typedef {import('../../types/api.js').Product} Product */
/** @typedef {{items: Product[], cursor: string | null, total: number | null}} Found */

const PAGE = 25, FEW = 10, TYPING_MS = 250;

/** The API filters by word, shelf and state; stock is looked at here. */
const STOCK = /** @type {Record<string, ((product: Product) => boolean) | undefined>} */ ({ few: (product) => product.num < FEW, none: (product) => product.num === 0, plenty: (product) => product.num >= FEW });

/** @param {import('../../lib/router.js').PageProps} props */
export default function Page({ query }) {
  const { q = '', shelf = '', stock = '', on = '' } = query;
  const byStock = STOCK[stock];
  const read = (/** @type {string | null} */ from, /** @type {AbortSignal} */ signal) => readMatching((cursor) => api.get('/admin/products',
    { query: { q, category_id: shelf, on_sale: on, cursor, page_size: byStock ? 100 : PAGE }, signal }), byStock ?? (() => true), PAGE, from);
  const load = useLoad((signal) => read(null, signal), [q, shelf, stock, on], { keep: true });
  const shelves = useLoad((signal) => api.get('/categories', { signal }), []);
  const more = useAction(async () => {
    const found = /** @type {Found} */ (load.data);
    const next = await read(found.cursor, new AbortController().signal);
    load.set({ items: [...found.items, ...next.items], cursor: next.cursor, total: next.total });
  });
  const save = useAction(async () => { await download('/admin/products/export', 'products.csv', { query: { bom: true } }); toast(t('adminProducts.exported')); });
  usePage({ title: t('adminProducts.title'), ready: !load.loading });
  useTopbar({ crumbs: [{ label: t('adminProducts.title') }] }, []);
  const filtered = Boolean(q || shelf || stock || on);
  return html`<div class="work-head"><h1 tabindex="-1">${t('adminProducts.title')}</h1><div class="row acts">
      <${Button} kind="line" href="/admin/import"><${Icon} name="upload" />${t('adminProducts.importCsv')}</${Button}>
      <${Button} kind="line" busy=${save.busy} onClick=${() => void save.run()}><${Icon} name="download" />${t('adminProducts.exportCsv')}</${Button}>
      <${Button} href="/admin/products/new"><${Icon} name="plus" />${t('adminProducts.newProduct')}</${Button}></div></div>
    <${ProblemNotice} error=${save.error} />
    <section class="panel" aria-label=${t('adminProducts.title')} aria-busy=${load.loading ? 'true' : undefined}>
      <div class="toolbar"><${SearchBox} value=${q} />
        <${Select} quiet label=${t('adminProducts.shelf')} value=${shelf} onChange=${(/** @type {string} */ value) => setQuery({ shelf: value })}
          options=${[{ value: '', label: t('adminProducts.allShelves') }, ...shelfOptions(shelves.data?.items ?? [])]} />
        <${Select} quiet label=${t('adminProducts.stock')} value=${stock} onChange=${(/** @type {string} */ value) => setQuery({ stock: value })}
          options=${[['', 'anyStock'], ['few', 'fewLeft'], ['none', 'noneLeft'], ['plenty', 'plenty']].map(([value, key]) => ({ value, label: t(/** @type {any} */ (`adminProducts.${key}`)) }))} />
        <${Select} quiet label=${t('adminProducts.state')} value=${on} onChange=${(/** @type {string} */ value) => setQuery({ on: value })}
          options=${[['', 'anyState'], ['true', 'shown'], ['false', 'hidden']].map(([value, key]) => ({ value, label: t(/** @type {any} */ (`adminProducts.${key}`)) }))} />
        <span class="muted count" role="status">${load.data && countWord(load.data, Boolean(byStock))}</span></div>
      <${Loaded} of=${load} skeleton=${html`<div class="in"><${SkeletonRows} count=${8} height="3.25rem" /></div>`}>${(/** @type {Found} */ found) => (found.items.length ? html`
        <${ProductTable} products=${found.items} shelves=${shelves.data?.items ?? []} />
        <footer><span>${found.total !== null && !byStock ? t('adminProducts.range', { n: found.items.length, total: found.total }) : t('adminProducts.inList', { n: found.items.length })}</span>
          ${found.cursor && html`<${Button} kind="line" busy=${more.busy} onClick=${() => void more.run()}>${t('common.more')}</${Button}>`}</footer>
        ${more.error && html`<div class="in"><${ProblemNotice} error=${more.error} /></div>`}`
        : html`<div class="in roomy"><${Nothing} filtered=${filtered} /></div>`)}</${Loaded}></section>`;
}

/** @param {Found} found @param {boolean} partly */
function countWord({ items, cursor, total }, partly) {
  if (partly) return t(cursor ? 'adminProducts.found' : 'adminProducts.foundAll', { n: items.length });
  return t('adminProducts.count', { n: total ?? items.length });
}

/** Asks while it is typed, but not within a word that an input method is still putting together. @param {{value: string}} props */
function SearchBox({ value }) {
  const [typed, setTyped] = useState(value);
  const asked = useRef(value);
  const ask = () => { asked.current = typed.trim(); void setQuery({ q: asked.current }); };
  // A word set from outside replaces what is typed; the word asked for from here must not: the space after it is still typed.
  useEffect(() => {
    if (value === asked.current) return;
    asked.current = value;
    setTyped(value);
  }, [value]);
  useEffect(() => {
    if (typed.trim() === value) return undefined;
    const timer = setTimeout(ask, TYPING_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  const input = (/** @type {any} */ event) => { if (!event.isComposing) setTyped(event.currentTarget.value); };
  return html`<form class="searchbox" role="search" onSubmit=${(/** @type {Event} */ event) => { event.preventDefault(); ask(); }}><${Icon} name="search" />
    <input type="search" value=${typed} placeholder=${t('adminProducts.searchHint')} aria-label=${t('adminProducts.search')} maxlength="128" autocomplete="off" onInput=${input} onCompositionEnd=${(/** @type {any} */ event) => setTyped(event.currentTarget.value)} /></form>`;
}

/** @param {{filtered: boolean}} props */
function Nothing({ filtered }) {
  if (filtered) {
    return html`<${Empty} title=${t('adminProducts.noneTitle')} text=${t('adminProducts.noneText')}>
      <${Button} kind="line" onClick=${() => setQuery({ q: null, shelf: null, stock: null, on: null })}>${t('adminProducts.clearFilters')}</${Button}></${Empty}>`;
  }
  return html`<${Empty} title=${t('adminProducts.emptyTitle')} text=${t('adminProducts.emptyText')}><${Button} kind="line" href="/admin/import">${t('adminProducts.importCsv')}</${Button}></${Empty}>`;
}
