import { classes, html, useRef, useState } from '../../lib/html.js';
import { t } from '../../lib/i18n.js';
import { withQuery } from '../../lib/match.js';
import { money } from '../../lib/money.js';
import { useAction } from '../../lib/page.js';
import { breakable } from '../../lib/rich.js';
import { user } from '../../lib/session.js';
import { toast } from '../../lib/toast.js';
import { problemText } from '../../ui/error.js';
import { FieldError } from '../../ui/field.js';
import { Picture } from '../../ui/plate.js';
import { Stepper } from '../../ui/stepper.js';
import { setCount } from '../bag.js';
import { favourites, toggleFavourite } from '../favourites.js';
import { LineOff } from '../quote/totals.js';
import { lineState, unitPrice } from './lines.js';
import { PriceTag } from './notices.js';
import { optionText } from './option.js';

/** @typedef {import('../../types/api.js').CartItem} CartItem */

const MOST = 99;
const WHY = /** @type {const} */ ({ sold_out: 'checkout.lineSoldOut', fewer: 'checkout.lineFewer', off_sale: 'checkout.lineOffSale' });

/**
 * A line of the bag. `onGone` moves the focus once the line has left.
 * @param {{item: CartItem, discount?: number, change?: {from: number, to: number}, onGone: () => void}} props
 */
export function BagLine({ item, discount = 0, change, onGone }) {
  const { sku, product, num } = item, state = lineState(item), price = unitPrice(item);
  const goods = { sku_id: sku.id, product_id: product.id };
  const count = useCount(goods, num);
  const remove = useAction(async () => {
    await setCount(goods, 0);
    toast(t('checkout.removed', { name: product.name }), { label: t('common.undo'), run: () => void putBack(goods, num) });
    onGone();
  });
  const keep = useAction(async () => {
    if (!favourites.value.has(product.id)) await toggleFavourite(product.id);
    if (favourites.value.has(product.id)) await remove.run();
  });
  const error = count.error ?? remove.error;
  const change_ = (/** @type {number} */ n) => void (n === 0 ? remove.run() : count.set(n));
  const title = `line-${sku.id}`;
  return html`<li class=${classes((state === 'sold_out' || state === 'off_sale') && 'out')}>${product.cover ? html`<${Picture} image=${product.cover} sizes="7rem" />` : html`<span class="no-picture"></span>`}
    <div class="mid"><h2 class="card-title" id=${title}><a href=${withQuery(`/p/${product.id}`, { sku: sku.id })}>${breakable(product.name)}</a></h2>
      <p class="line-option">${optionText(sku)}</p>
      ${change && state === 'ok' && html`<${PriceTag} from=${change.from} to=${change.to} />`}
      ${state !== 'ok' && html`<${FieldError} text=${t(WHY[state], { n: sku.num })} />`}
      <div class="act">
        ${state === 'ok' && html`<${Stepper} value=${count.shown} min=${0} max=${Math.min(MOST, sku.num)} onChange=${change_} onClamp=${(/** @type {number} */ n) => toast(t('catalogue.onlySo', { n }))} />`}
        ${state === 'fewer' && html`<button class="link small" type="button" onClick=${() => count.set(sku.num)}>${t('checkout.takeLeft', { n: sku.num })}</button>`}
        <button class="link small" type="button" aria-describedby=${title} aria-busy=${remove.busy ? 'true' : undefined} onClick=${() => void remove.run()}>${t('common.remove')}</button>
        ${state === 'sold_out' && user.value && html`<button class="link small" type="button" aria-describedby=${title} onClick=${() => void keep.run()}>${t('checkout.toFavourites')}</button>`}</div>
      ${error && html`<div role="alert"><${FieldError} text=${t('checkout.lineFailed', { why: problemText(error) })} /></div>`}</div>
    ${state === 'ok' && html`<p class="sum">${money(price * num, { exact: true })}${num > 1 && html`<small>${t('checkout.times', { price: money(price, { exact: true }), n: num })}</small>`}<${LineOff} sum=${discount} /></p>`}</li>`;
}

/**
 * Shows the wished number at once, and sends the latest when the one before has been answered.
 * @param {{sku_id: number, product_id: number}} goods
 * @param {number} num
 */
function useCount(goods, num) {
  const [shown, show] = useState(/** @type {number | null} */ (null));
  const wanted = useRef(num);
  const send = useAction(async () => {
    try {
      for (let sent = -1; sent !== wanted.current;) { sent = wanted.current; await setCount(goods, sent); }
    } finally { show(null); }
  });
  const set = (/** @type {number} */ n) => { wanted.current = n; show(n); void send.run(); };
  return { shown: shown ?? num, set, error: send.error };
}

/** @param {{sku_id: number, product_id: number}} goods @param {number} num */
async function putBack(goods, num) {
  try { await setCount(goods, num); } catch { toast(t('checkout.notBack')); }
}
