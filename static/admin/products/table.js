import { classes, html } from '../../lib/html.js';
import { number, t } from '../../lib/i18n.js';
import { money, priceNow } from '../../lib/money.js';
import { Picture } from '../../ui/plate.js';
import { Tag } from '../../ui/tag.js';

/** @typedef {import('../../types/api.js').Product} Product */
/** @typedef {import('../../types/api.js').Category} Category */

const FEW = 10;
/** The bar is full at this many. */
const FULL = 240;

/** @param {{products: Product[], shelves: Category[]}} props */
export function ProductTable({ products, shelves }) {
  const names = new Map(shelves.map((one) => [one.id, one.name]));
  return html`<div class="table-wrap"><table class="table list-table open-rows"><thead><tr><th scope="col">${t('adminProducts.product')}</th><th scope="col" class="wide-only">${t('adminProducts.shelf')}</th>
      <th scope="col" class="end">${t('adminProducts.price')}</th><th scope="col" class="end">${t('adminProducts.stock')}</th><th scope="col" class="end wide-only">${t('adminProducts.views')}</th>
      <th scope="col" class="wide-only">${t('adminProducts.state')}</th><th scope="col" class="wide-only"><span class="unseen">${t('adminProducts.actions')}</span></th></tr></thead>
    <tbody>${products.map((product) => html`<${Row} key=${product.id} product=${product} shelf=${names.get(product.category_id) ?? ''} />`)}</tbody></table></div>`;
}

/** @param {{product: Product, shelf: string}} props */
function Row({ product, shelf }) {
  const now = priceNow(product), href = `/admin/products/${product.id}`, id = `product-${product.id}`;
  return html`<tr><td><div class="goods">${product.cover ? html`<${Picture} class="thumb" image=${product.cover} sizes="2.5rem" />` : html`<span class="thumb none"></span>`}
      <span><a class="row-open" id=${id} href=${href}>${product.name}</a><small class="muted">${t('adminProducts.variantCount', { n: product.skus.length })}
        ${!product.on_sale && html`<span class="narrow-only hidden-word">${t('adminProducts.hiddenTag')}</span>`}</small></span></div></td>
    <td class="wide-only muted">${shelf}</td>
    <td class="end">${money(now, { exact: true, currency: product.currency })}${now < product.price && html`<small class="muted struck"><span class="unseen">${t('catalogue.listPrice')} </span>${money(product.price, { exact: true, currency: product.currency })}</small>`}</td>
    <td class="end"><${StockBar} n=${product.num} /></td><td class="end muted wide-only">${number(product.view)}</td>
    <td class="wide-only">${product.on_sale ? html`<${Tag} kind="good">${t('adminProducts.shownTag')}</${Tag}>` : html`<${Tag}>${t('adminProducts.hiddenTag')}</${Tag}>`}</td>
    <td class="wide-only end"><a class="link tiny row-edit" href=${href} aria-describedby=${id}>${t('adminProducts.edit')}</a></td></tr>`;
}

/** A figure and its bar; few are told in colour and by weight. @param {{n: number}} props */
function StockBar({ n }) {
  return html`<div class=${classes('stockcell', n < FEW && 'few')}><span>${number(n)}</span><span class="tr wide-only"><i style=${{ '--p': `${Math.min(100, Math.round((n / FULL) * 100))}%` }}></i></span></div>`;
}
