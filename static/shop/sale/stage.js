import { classes, html } from '../../lib/html.js';
import { t } from '../../lib/i18n.js';
import { breakable } from '../../lib/rich.js';
import { Picture } from '../../ui/plate.js';
import { skuName } from '../product/choice.js';
import { everyday } from './phase.js';

/** @typedef {import('./machine.js').Sale} Sale */

/** The shop keeps WebP for pictures with transparency alone: those stand free on the night, all others are tiles. @param {Sale['product']['cover']} cover */
const standsFree = (cover) => /\.webp$/.test(cover?.variants.large ?? '');

/** The night: the thing at the left, the desk at the right. @param {{sale: Sale, children?: any}} props */
export function Stage({ sale, children }) {
  const { product } = sale, sku = everyday(sale)?.sku, variant = sku && product.skus.length > 1 ? skuName(sku) : '';
  return html`<section class="stage on-night"><div class="wrap">
    <div class="stage-show">
      <div class="stack"><p class="eyebrow"><span class="dot ember"></span>${t('sale.eyebrow', { title: sale.title })}</p><h1>${breakable(product.name)}</h1>
        <p class="lead">${product.title}</p>${variant && html`<p class="stage-variant">${variant}</p>`}</div>
      <${Picture} class=${classes('sale-pic', !standsFree(product.cover) && 'sale-tile')} image=${product.cover} alt=${product.name} sizes="(width < 48rem) 62vw, 37rem" eager />
    </div>
    ${children}
  </div></section>`;
}
