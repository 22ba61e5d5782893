import { html, useState } from '../../lib/html.js';
import { api } from '../../lib/api.js';
import { t } from '../../lib/i18n.js';
import { money, priceNow } from '../../lib/money.js';
import { useLoad } from '../../lib/page.js';
import { FieldError } from '../../ui/field.js';
import { Loaded } from '../../ui/loaded.js';
import { Picture } from '../../ui/plate.js';
import { SkeletonRows } from '../../ui/skeleton.js';
import { ListSearch } from '../list-parts.js';
import { optionText } from './words.js';

/** @typedef {import('../../types/api.js').Product} Product */
/** @typedef {import('../../types/api.js').Sku} Sku */
/** @typedef {{product: Product, sku: Sku}} Goods */

/**
 * What is sold: the chosen variant, or a search for one.
 * @param {{chosen: Goods | null, fixed: boolean, fault?: string | null, onChoose: (goods: Goods) => void}} props
 */
export function GoodsPicker({ chosen, fixed, fault, onChoose }) {
  const [open, setOpen] = useState(false);
  const choose = (/** @type {Goods} */ goods) => { setOpen(false); onChoose(goods); };
  return html`<div class="field" role="group" aria-labelledby="goods-label"><span class="label" id="goods-label">${t('adminSales.goods')}</span>
    ${chosen && html`<div class="goods"><${Goods} goods=${chosen} />${!fixed && !open && html`<button class="link tiny" type="button" onClick=${() => setOpen(true)}>${t('adminSales.change')}</button>`}</div>`}
    ${fixed && html`<p class="hint">${t('adminSales.goodsFixed')}</p>`}
    ${!fixed && (open || !chosen) && html`<${Search} onChoose=${choose} onClose=${chosen ? () => setOpen(false) : null} />`}
    ${fault && html`<${FieldError} text=${fault} />`}</div>`;
}

/** @param {{goods: Goods}} props */
function Goods({ goods: { product, sku } }) {
  const stock = t('catalogue.inStock', { n: sku.num }), now = t('adminSales.nowPrice', { price: money(priceNow(sku), { currency: sku.currency }) });
  return html`${product.cover ? html`<${Picture} class="thumb" image=${product.cover} sizes="2.5rem" />` : html`<span class="thumb"></span>`}
    <span class="goods-words"><b>${product.name}</b><span class="muted">${[optionText(sku), stock, now].filter(Boolean).join(t('adminSales.comma'))}</span></span>`;
}

/** @param {{onChoose: (goods: Goods) => void, onClose: (() => void) | null}} props */
function Search({ onChoose, onClose }) {
  const [q, setQ] = useState('');
  const load = useLoad((signal) => api.get('/admin/products', { query: { q: q || null, on_sale: true, page_size: 8 }, signal }), [q], { keep: true });
  return html`<div class="picker"><div class="row between"><${ListSearch} label=${t('adminSales.searchGoods')} value=${q} onSearch=${setQ} />${onClose && html`<button class="link tiny" type="button" onClick=${onClose}>${t('common.cancel')}</button>`}</div>
    <${Loaded} of=${load} skeleton=${html`<${SkeletonRows} count=${3} height="2.75rem" />`}>${(/** @type {{items: Product[]}} */ { items }) => (items.length
      ? html`<ul class="picks">${items.flatMap((product) => product.skus.map((sku) => html`<li key=${sku.id}><button class="pick" type="button" disabled=${!sku.num} onClick=${() => onChoose({ product, sku })}><${Goods} goods=${{ product, sku }} /></button></li>`))}</ul>`
      : html`<p class="muted">${t('adminSales.noGoods')}</p>`)}</${Loaded}></div>`;
}
