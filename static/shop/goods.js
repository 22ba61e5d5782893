import { html } from '../lib/html.js';
import { Card } from '../ui/card.js';
import { favourites, toggleFavourite } from './favourites.js';
import { keepKnown } from './known.js';
import { productsInSale } from './sales-store.js';

/** @typedef {import('../types/api.js').Product} Product */

/**
 * A grid of products with their hearts. `mark` makes the title of one, for found words.
 * @param {{products: Product[], three?: boolean, eager?: number, mark?: (product: Product) => any}} props
 */
export function Goods({ products, three, eager = 0, mark }) {
  keepKnown(products);
  return html`<ul class=${three ? 'grid three' : 'grid'}>${products.map((product, i) => html`<${Card} key=${product.id} product=${product} title=${mark?.(product)}
    inSale=${productsInSale.value.has(product.id)} liked=${favourites.value.has(product.id)} onLike=${() => toggleFavourite(product.id)} eager=${i < eager} />`)}</ul>`;
}
