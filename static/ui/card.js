import { classes, html } from '../lib/html.js';
import { t } from '../lib/i18n.js';
import { priceNow, reduction } from '../lib/money.js';
import { breakable } from '../lib/rich.js';
import { Heart } from './heart.js';
import { Plate } from './plate.js';
import { Price } from './price.js';
import { Tag } from './tag.js';

/** @typedef {import('../types/api.js').Product} Product */

/** Fewer than these are told. */
export const FEW = 10;

/** The one tag of a card: no longer sold, sold out, flash sale, few left, reduction. @param {Product} product @param {boolean} [inSale] */
function cardTag(product, inSale) {
  if (!product.on_sale) return html`<${Tag} kind="paper">${t('catalogue.notSold')}</${Tag}>`;
  if (product.num === 0) return html`<${Tag} kind="paper">${t('catalogue.soldOut')}</${Tag}>`;
  if (inSale) return html`<${Tag} kind="sale">${t('common.flashSale')}</${Tag}>`;
  if (product.num < FEW) return html`<${Tag} kind="paper">${t('catalogue.onlyLeft', { n: product.num })}</${Tag}>`;
  const off = reduction(priceNow(product), product.price);
  return off ? html`<${Tag} kind="paper">${t('catalogue.off', { n: off })}</${Tag}>` : null;
}

/**
 * The whole card is the link; the heart is a button above it. `title` may carry marks of a search.
 * @param {{product: Product, title?: any, inSale?: boolean, liked?: boolean, onLike?: () => void, eager?: boolean, sizes?: string}} props
 */
export function Card({ product, title, inSale, liked, onLike, eager, sizes = '(width < 60rem) 46vw, (width < 72rem) 30vw, 18.5rem' }) {
  return html`<li class=${classes('card', (product.num === 0 || !product.on_sale) && 'gone')}>
    <${Plate} image=${product.cover} eager=${eager} sizes=${sizes} />${cardTag(product, inSale)}
    ${onLike && html`<${Heart} name=${product.name} pressed=${liked} onPress=${onLike} over />`}
    <h3 class="card-title">${product.on_sale ? html`<a href=${`/p/${product.id}`}>${title ?? breakable(product.name)}</a>` : breakable(product.name)}</h3>
    <p class="card-line">${product.title}</p>
    <${Price} now=${priceNow(product)} list=${product.price} />
  </li>`;
}
