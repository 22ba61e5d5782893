import { html, useId, useState } from '../lib/html.js';
import { api } from '../lib/api.js';
import { t } from '../lib/i18n.js';
import { useLoad } from '../lib/page.js';
import { Picture } from '../ui/plate.js';

/** @typedef {{id: number, name: string, cover?: import('../types/api.js').Image | null}} Picked */

/**
 * Finds a product by its name or id, or none.
 * @param {{value: Picked | null, none?: string, error?: string | null, onChange: (product: Picked | null) => void}} props `none`: what is said while there is none
 */
export function ProductPick({ value, none = t('adminShelves.noProduct'), error, onChange }) {
  const [searching, setSearching] = useState(false), [q, setQ] = useState(''), id = useId();
  const load = useLoad(searching ? (signal) => api.get('/admin/products', { query: { q: q.trim(), page_size: 6 }, signal }) : null, [q, searching], { keep: true });
  const choose = (/** @type {Picked | null} */ product) => { setSearching(false); setQ(''); onChange(product); };
  if (!searching) {
    return html`<div class="field"><span class="label" id=${id}>${t('adminShelves.product')}</span><div class="picked">${value?.cover ? html`<${Picture} class="thumb" image=${value.cover} sizes="2.5rem" />` : html`<span class="thumb none"></span>`}
      <span>${value ? value.name : html`<span class="muted">${none}</span>`}</span><button class="link tiny" type="button" aria-describedby=${id} onClick=${() => setSearching(true)}>${t(value ? 'adminShelves.change' : 'adminShelves.choose')}</button>
      ${value && html`<button class="link tiny" type="button" aria-describedby=${id} onClick=${() => choose(null)}>${t('common.remove')}</button>`}</div>${error && html`<p class="error">${error}</p>`}</div>`;
  }
  const escape = (/** @type {KeyboardEvent} */ event) => {
    if (event.key === 'Escape') { event.preventDefault(); event.stopPropagation(); setSearching(false); }
    if (event.key === 'Enter') { event.preventDefault(); if (load.data?.items[0] && q.trim()) choose(load.data.items[0]); }
  };
  return html`<div class="field"><label for=${id}>${t('adminShelves.findProduct')}</label><input class="input" type="search" id=${id} value=${q} autocomplete="off" autofocus ref=${(/** @type {HTMLInputElement | null} */ input) => input?.focus()} onKeyDown=${escape}
      onInput=${(/** @type {any} */ event) => setQ(event.currentTarget.value)} />
    <ul class="pick-list">${(load.data?.items ?? []).map((product) => html`<li key=${product.id}><button type="button" onClick=${() => choose(product)}>${product.cover ? html`<${Picture} class="thumb" image=${product.cover} sizes="2.5rem" />` : html`<span class="thumb none"></span>`}${product.name}</button></li>`)}</ul>
    ${load.data?.items.length === 0 && html`<p class="hint" role="status">${t('adminShelves.noMatch')}</p>`}</div>`;
}
