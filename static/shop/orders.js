import { html, useState } from '../lib/html.js';
import { api } from '../lib/api.js';
import { t } from '../lib/i18n.js';
import { withQuery } from '../lib/match.js';
import { useAction, useLoad, usePage } from '../lib/page.js';
import { ActButton } from '../ui/act-button.js';
import { Button } from '../ui/button.js';
import { Empty } from '../ui/empty.js';
import { Loaded } from '../ui/loaded.js';
import { ProblemNotice } from '../ui/notice.js';
import { SkeletonRows } from '../ui/skeleton.js';
import { Tabs } from '../ui/tabs.js';
import { useCounts } from './orders/counts.js';
import { OrderRow } from './orders/row.js';

/** @typedef {import('../types/api.js').Order} Order */
/** @typedef {import('../types/api.js').OrderStatus} OrderStatus */
/** @typedef {{items: Order[], next: string | null}} Orders */

const PAGE = 20;
const TABS = /** @type {const} */ ([['unpaid', 'orders.toPay'], ['paid', 'orders.toShip'], ['shipped', 'orders.onWay'], ['completed', 'orders.done'],
  ['cancelled', 'orders.cancelledTab'], ['refunded', 'orders.refundedTab']]);

/** @param {OrderStatus | undefined} status @param {string | null} cursor @param {AbortSignal} [signal] @returns {Promise<Orders>} */
async function page(status, cursor, signal) {
  const { items, next_cursor } = await api.get('/orders', { query: { status, cursor, page_size: PAGE }, signal });
  return { items, next: next_cursor ?? null };
}

/** The visitor's orders, newest first. @param {import('../lib/router.js').PageProps} props */
export default function OrdersPage({ query }) {
  const status = TABS.find(([key]) => key === query.status)?.[0];
  const load = useLoad((signal) => page(status, null, signal), [status]);
  const [changes, setChanges] = useState(0), counts = useCounts(changes);
  usePage({ title: t('orders.title'), ready: !load.loading });
  const tabs = [{ key: 'all', label: t('orders.all'), href: '/orders' },
    ...TABS.map(([key, label]) => ({ key, label: t(label), href: withQuery('/orders', { status: key }), n: counts[key] }))];
  const take = (/** @type {Order} */ order) => {
    load.set({ next: load.data?.next ?? null, items: (load.data?.items ?? []).map((one) => (one.id === order.id ? order : one)) });
    setChanges(changes + 1);
  };
  return html`<div class="wrap orders-page"><div class="list-head"><h1>${t('orders.title')}</h1></div>
    <${Tabs} label=${t('orders.tabs')} current=${status ?? 'all'} tabs=${tabs} />
    <${Loaded} of=${load} skeleton=${html`<div class="order-rows"><${SkeletonRows} count=${4} height="5.5rem" /></div>`}>${(/** @type {Orders} */ found) => html`<${List} found=${found} status=${status} onOrder=${take} onMore=${load.set} />`}</${Loaded}></div>`;
}

/** @param {{found: Orders, status: OrderStatus | undefined, onOrder: (order: Order) => void, onMore: (all: Orders) => void}} props */
function List({ found, status, onOrder, onMore }) {
  const more = useAction(async () => {
    const next = await page(status, found.next), known = new Set(found.items.map(({ id }) => id));
    onMore({ items: [...found.items, ...next.items.filter(({ id }) => !known.has(id))], next: next.next });
  });
  if (!found.items.length) return html`<div class="order-rows">${status ? html`<${Empty} title=${t('orders.emptyTab')} text=${t('orders.emptyTabText')}><${Button} kind="line" href="/orders">${t('orders.toAll')}</${Button}></${Empty}>`
    : html`<${Empty} title=${t('orders.emptyTitle')} text=${t('orders.emptyText')}><${Button} href="/c">${t('common.toSearch')}</${Button}></${Empty}>`}</div>`;
  return html`<ul class="orders">${found.items.map((order) => html`<${OrderRow} key=${order.id} order=${order} onOrder=${onOrder} />`)}</ul>
    ${more.error && html`<${ProblemNotice} error=${more.error} />`}
    ${found.next && html`<p class="more"><${ActButton} kind="line" error=${more.error} busy=${more.busy} onClick=${() => void more.run()}>${t('orders.earlier')}</${ActButton}></p>`}`;
}
