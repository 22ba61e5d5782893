import { html, useRef } from '../lib/html.js';
import { t } from '../lib/i18n.js';
import { usePage } from '../lib/page.js';
import { user } from '../lib/session.js';
import { shop } from '../lib/shop.js';
import { Button } from '../ui/button.js';
import { Empty } from '../ui/empty.js';
import { Loaded } from '../ui/loaded.js';
import { SkeletonLine, SkeletonRows } from '../ui/skeleton.js';
import { pricesThen } from './bag.js';
import { BagLine } from './cart/line.js';
import { priceChanges, sumUp } from './cart/lines.js';
import { BagNotices } from './cart/notices.js';
import { useBag } from './cart/use-bag.js';
import { CodeBox } from './quote/code-box.js';
import { codes } from './quote/kept-codes.js';
import { deliveryNeed, methodOf } from './quote/methods.js';
import { QuoteFailed, TotalsWait } from './quote/quote-state.js';
import { Totals } from './quote/totals.js';
import { lineDiscount, useQuote } from './quote/use-quote.js';

/** @typedef {import('../types/api.js').CartItem} CartItem */
/** @typedef {import('./quote/use-quote.js').Quoted} Quoted */

/** The bag. @type {import('../lib/router.js').Page} */
export default function CartPage() {
  const { load, items, lost } = useBag();
  // Promotions know who buys: a stranger sees what the goods cost.
  const quoted = useQuote(user.value && !load.loading && sumUp(items).counted.length ? { from_cart: true, codes: codes.value } : null, items);
  usePage({ title: t('checkout.bagTitle'), ready: !load.loading && !quoted.waiting });
  return html`<${Loaded} of=${load} page skeleton=${html`<${Waiting} />`}>${() => html`<${Shown} items=${items} lost=${lost} quoted=${quoted} />`}</${Loaded}>`;
}

/** @param {{items: CartItem[], lost: number, quoted: Quoted}} props */
function Shown({ items, lost, quoted }) {
  const heading = useRef(/** @type {HTMLElement | null} */ (null));
  const changes = priceChanges(pricesThen(), items);
  const title = html`<div class="list-head"><h1 ref=${heading} tabindex="-1">${t('checkout.bagTitle')}</h1></div>`;
  if (!items.length) return html`<div class="wrap waiting bag-empty">${title}<${BagNotices} items=${items} changes=${[]} lost=${lost} />
    <${Empty} title=${t('checkout.emptyTitle')} text=${t(user.value ? 'checkout.emptyText' : 'checkout.emptyGuest')}>
      <${Button} href="/c">${t('common.toSearch')}</${Button}></${Empty}></div>`;
  return html`<div class="wrap">${title}
    <div class="two"><div class="stack bag-main"><${BagNotices} items=${items} changes=${changes} lost=${lost} />
      <ul class="lines">${items.map((item) => html`<${BagLine} key=${item.sku.id} item=${item} discount=${lineDiscount(quoted.quote, item)} change=${changes.find((one) => one.item === item)} onGone=${() => heading.current?.focus()} />`)}</ul></div>
      <${Summary} items=${items} quoted=${quoted} /></div></div>`;
}

/** @param {{items: CartItem[], quoted: Quoted}} props */
function Summary({ items, quoted }) {
  const { counted, things, total } = sumUp(items), { quote, error } = quoted, goods = t('catalogue.things', { n: things });
  const plain = { items: total, discount: 0, shipping: 0, tax: 0, total, currency: shop.currency };
  return html`<aside class="summary" aria-labelledby="sum" aria-busy=${quoted.busy ? 'true' : undefined}><h2 id="sum">${t('checkout.summary')}</h2>
    ${user.value && counted.length > 0 && html`<${CodeBox} quoted=${quoted} />`}
    ${error ? html`<${QuoteFailed} quoted=${quoted} />` : quoted.waiting ? html`<${TotalsWait} />`
      : html`<${Totals} totals=${quote?.totals ?? plain} promotions=${quote?.promotions} delivery=${methodOf(quote)} open=${deliveryNeed(quote) === 'choose'} goods=${goods} />`}
    <${Button} block href="/checkout" disabled=${!counted.length} aria-describedby=${counted.length ? undefined : 'none-counted'}>${t('checkout.checkOut')}</${Button}>
    ${counted.length ? html`<p class="tiny muted">${t('checkout.heldOnce')}</p>` : html`<p class="small" id="none-counted">${t('checkout.nothingCounts')}</p>`}
    ${!user.value && html`<p class="tiny muted">${t('checkout.guestBag')}</p>`}</aside>`;
}

function Waiting() {
  return html`<div class="wrap waiting" aria-hidden="true"><${SkeletonLine} width="14rem" /><div class="two bag-main"><${SkeletonRows} count=${3} height="8rem" /><div class="skeleton" style=${{ height: '18rem' }}></div></div></div>`;
}
