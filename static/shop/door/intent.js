/** What a stranger was about to do when the shop asked for a log-in, from the way back. */
import { html } from '../../lib/html.js';
import { api } from '../../lib/api.js';
import { t } from '../../lib/i18n.js';
import { priceNow } from '../../lib/money.js';
import { useLoad } from '../../lib/page.js';
import { breakable } from '../../lib/rich.js';
import { Picture } from '../../ui/plate.js';
import { Price } from '../../ui/price.js';
import { lines } from '../bag.js';
import { knownBySku, knownProduct } from '../known.js';
import { intentOf } from './way-back.js';

/** @typedef {import('../../types/api.js').Product} Product */
/** @typedef {import('../../types/api.js').Sale} Sale */
/** @typedef {{sale: Sale} | {product: Product} | {bag: Product[], more: number}} Known */

/** A product that was shown is known without asking, which would count another view. @param {number} id @param {AbortSignal} signal */
const product = async (id, signal) => knownProduct(id) ?? api.get('/product/{id}', { params: { id }, signal });

/** @param {string} next @param {AbortSignal} signal @returns {Promise<Known | null>} */
async function load(next, signal) {
  const intent = intentOf(next);
  if (intent.kind === 'sale') return { sale: await api.get('/seckill/{id}', { params: { id: intent.id }, signal }) };
  if (intent.kind === 'product') return { product: await product(intent.id, signal) };
  if (intent.kind !== 'checkout') return null;
  const bought = intent.sku ? knownBySku(intent.sku) : null;
  if (bought) return { product: bought };
  const ids = [...new Set(lines.value.map((line) => line.product_id))].slice(-3);
  if (intent.sku || !ids.length) return null;
  return { bag: await Promise.all(ids.map((id) => product(id, signal))), more: lines.value.length - ids.length };
}

/** Known before it has come, so that the form does not move. @param {string} next */
export function hasIntent(next) {
  const { kind } = intentOf(next);
  return kind === 'sale' || kind === 'product' || (kind === 'checkout' && lines.value.length > 0);
}

/** @param {{next: string}} props */
export function Intent({ next }) {
  const { data, error } = useLoad((signal) => load(next, signal), [next]);
  if (error || data === null) return html`<div class="intent-none"></div>`;
  if (!data) return html`<aside class=${intentOf(next).kind === 'sale' ? 'intent on-night' : 'intent day'}></aside>`;
  if ('sale' in data) return html`<${SaleIntent} sale=${data.sale} />`;
  if ('bag' in data) return html`<${BagIntent} products=${data.bag} more=${data.more} />`;
  return html`<${ProductIntent} product=${data.product} buying=${intentOf(next).kind === 'checkout'} />`;
}

/** A picture with alpha stands free on the night; any other is a tile. @param {{product: Product}} props */
function Goods({ product: { cover } }) {
  const free = cover?.url.endsWith('.webp');
  return html`<${Picture} image=${cover} class=${free ? undefined : 'tile-pic'} sizes="(width < 60rem) 90vw, 34rem" eager />`;
}

/** @param {{sale: Sale}} props */
function SaleIntent({ sale }) {
  const open = sale.state === 'live';
  return html`<aside class="intent on-night"><${Goods} product=${sale.product} />
    <p class="eyebrow"><span class="dot ember"></span>${t(open ? 'login.aboutToClaim' : 'login.lookingAtSale')}</p>
    <h2>${breakable(sale.product.name)}</h2>
    <div class="row between"><${Price} now=${sale.price} list=${sale.list_price} size="mid" currency=${sale.currency} />
      ${sale.state !== 'ended' && sale.state !== 'cancelled' && html`<span class="num">${t('catalogue.leftOf', { left: sale.stock_left, total: sale.stock_total })}</span>`}</div></aside>`;
}

/** @param {{product: Product, buying: boolean}} props */
function ProductIntent({ product: goods, buying }) {
  return html`<aside class="intent day"><${Goods} product=${goods} />
    <p class="eyebrow">${t(buying ? 'login.aboutToBuy' : 'login.lookingAt')}</p>
    <h2>${breakable(goods.name)}</h2><${Price} now=${priceNow(goods)} list=${goods.price} size="mid" currency=${goods.currency} /></aside>`;
}

/** @param {{products: Product[], more: number}} props */
function BagIntent({ products, more }) {
  return html`<aside class="intent day"><p class="eyebrow">${t('login.bagWaits')}</p>
    <ul class="minis">${products.map((one) => html`<li><${Picture} image=${one.cover} sizes="3.25rem" /><b>${breakable(one.name)}</b>
      <${Price} now=${priceNow(one)} currency=${one.currency} /></li>`)}</ul>
    ${more > 0 && html`<p class="small muted">${t('login.andMore', { n: more })}</p>`}</aside>`;
}
