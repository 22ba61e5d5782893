import { html, useRef } from '../lib/html.js';
import { t } from '../lib/i18n.js';
import { money } from '../lib/money.js';
import { usePage } from '../lib/page.js';
import { user } from '../lib/session.js';
import { Button } from '../ui/button.js';
import { Empty } from '../ui/empty.js';
import { Loaded } from '../ui/loaded.js';
import { SkeletonLine, SkeletonRows } from '../ui/skeleton.js';
import { pricesThen } from './bag.js';
import { BagLine } from './cart/line.js';
import { priceChanges, sumUp } from './cart/lines.js';
import { BagNotices } from './cart/notices.js';
import { useBag } from './cart/use-bag.js';

/** @typedef {import('../types/api.js').CartItem} CartItem */

/** The bag. @type {import('../lib/router.js').Page} */
export default function CartPage() {
  const { load, items, lost } = useBag();
  usePage({ title: t('checkout.bagTitle'), ready: !load.loading });
  return html`<${Loaded} of=${load} page skeleton=${html`<${Waiting} />`}>${() => html`<${Shown} items=${items} lost=${lost} />`}</${Loaded}>`;
}

/** @param {{items: CartItem[], lost: number}} props */
function Shown({ items, lost }) {
  const heading = useRef(/** @type {HTMLElement | null} */ (null));
  const changes = priceChanges(pricesThen(), items);
  const title = html`<div class="list-head"><h1 ref=${heading} tabindex="-1">${t('checkout.bagTitle')}</h1></div>`;
  if (!items.length) return html`<div class="wrap waiting bag-empty">${title}<${BagNotices} items=${items} changes=${[]} lost=${lost} />
    <${Empty} title=${t('checkout.emptyTitle')} text=${t(user.value ? 'checkout.emptyText' : 'checkout.emptyGuest')}>
      <${Button} href="/c">${t('common.toSearch')}</${Button}></${Empty}></div>`;
  return html`<div class="wrap">${title}
    <div class="two"><div class="stack bag-main"><${BagNotices} items=${items} changes=${changes} lost=${lost} />
      <ul class="lines">${items.map((item) => html`<${BagLine} key=${item.sku.id} item=${item} change=${changes.find((one) => one.item === item)} onGone=${() => heading.current?.focus()} />`)}</ul></div>
      <${Summary} items=${items} /></div></div>`;
}

/** @param {{items: CartItem[]}} props */
function Summary({ items }) {
  const { counted, things, total } = sumUp(items), sum = money(total, { exact: true });
  return html`<aside class="summary" aria-labelledby="sum"><h2 id="sum">${t('checkout.summary')}</h2>
    <dl class="facts"><div><dt>${t('catalogue.things', { n: things })}</dt><dd>${sum}</dd></div>
      <div><dt>${t('checkout.delivery')}</dt><dd>${t('checkout.free')}</dd></div><div class="sum"><dt>${t('checkout.total')}</dt><dd>${sum}</dd></div></dl>
    <${Button} block href="/checkout" disabled=${!counted.length} aria-describedby=${counted.length ? undefined : 'none-counted'}>${t('checkout.checkOut')}</${Button}>
    ${counted.length ? html`<p class="tiny muted">${t('checkout.heldOnce')}</p>` : html`<p class="small" id="none-counted">${t('checkout.nothingCounts')}</p>`}
    ${!user.value && html`<p class="tiny muted">${t('checkout.guestBag')}</p>`}</aside>`;
}

function Waiting() {
  return html`<div class="wrap waiting" aria-hidden="true"><${SkeletonLine} width="14rem" /><div class="two bag-main"><${SkeletonRows} count=${3} height="8rem" /><div class="skeleton" style=${{ height: '18rem' }}></div></div></div>`;
}
