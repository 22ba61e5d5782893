import { html } from '../../lib/html.js';
import { api } from '../../lib/api.js';
import { t } from '../../lib/i18n.js';
import { money } from '../../lib/money.js';
import { useLoad } from '../../lib/page.js';
import { shortId } from '../../lib/short-id.js';
import { dayMonth, daysApart, timeOfDay } from '../../lib/time.js';
import { shopNow } from '../../lib/clock.js';
import { Loaded } from '../../ui/loaded.js';
import { Picture } from '../../ui/plate.js';
import { SkeletonRows } from '../../ui/skeleton.js';
import { Tag } from '../../ui/tag.js';

/** @typedef {import('../../types/api.js').Order} Order */

const KINDS = { paid: 'warn', unpaid: '', shipped: 'good', completed: 'good', cancelled: '', refunded: 'bad' };
const SHOWN = 5;

/** The orders that came last. */
export function LatestOrders() {
  const load = useLoad((signal) => api.get('/admin/orders', { query: { page_size: SHOWN }, signal }), []);
  return html`<section class="panel" aria-labelledby="latest"><header><h2 id="latest">${t('adminOverview.latestOrders')}</h2><a class="link tiny" href="/admin/orders">${t('adminOverview.allOrders')}</a></header>
    <div class="in table-wrap"><${Loaded} of=${load} skeleton=${html`<${SkeletonRows} count=${SHOWN} height="3.5rem" />`}>${(/** @type {{items: Order[]}} */ { items }) => (items.length
      ? html`<${Table} orders=${items} />` : html`<p class="muted">${t('adminOverview.noOrders')}</p>`)}</${Loaded}></div></section>`;
}

/** @param {{orders: Order[]}} props */
function Table({ orders }) {
  const names = useNames(orders);
  return html`<table class="table latest"><thead><tr><th scope="col">${t('adminOverview.order')}</th><th scope="col" class="wide-only">${t('adminOverview.shopper')}</th><th scope="col">${t('adminOverview.state')}</th>
      <th scope="col" class="end">${t('adminOverview.total')}</th><th scope="col" class="end wide-only">${t('adminOverview.at')}</th></tr></thead>
    <tbody>${orders.map((order) => html`<${Row} key=${order.id} order=${order} who=${names[userOf(order)] ?? order.address?.name ?? ''} />`)}</tbody></table>`;
}

/** Ids of one minute begin alike, so the end stands beside the beginning. @param {{order: Order, who: string}} props */
function Row({ order, who }) {
  const image = order.lines[0]?.image;
  return html`<tr><td><a class="row-link" href=${`/admin/orders/${order.id}`}>${image ? html`<${Picture} class="thumb" image=${image} sizes="2.5rem" />` : html`<span class="thumb none"></span>`}
      <span><code>${shortId(order.id)}</code><small class="narrow-only muted">${who}</small></span></a></td>
    <td class="wide-only">${who}</td><td><${Tag} kind=${KINDS[order.status]}>${t(`adminOverview.${order.status}`)}</${Tag}></td>
    <td class="end">${money(order.total, { exact: true, currency: order.currency })}</td><td class="end muted wide-only">${when(order.created_at)}</td></tr>`;
}

/** @param {string} at */
const when = (at) => (daysApart(Date.parse(at), shopNow()) === 0 ? timeOfDay(at) : dayMonth(at));

/** The account of an order, which lists for admins carry. @param {Order} order @returns {number} */
const userOf = (order) => /** @type {any} */ (order).user_id;

/** User names by id; the name on the address stands in until they come. @param {Order[]} orders @returns {Record<number, string>} */
function useNames(orders) {
  const ids = [...new Set(orders.map(userOf).filter(Boolean))];
  const load = useLoad(async (signal) => {
    const users = await Promise.all(ids.map((id) => api.get('/admin/user/{id}', { params: { id }, signal }).catch(() => null)));
    return Object.fromEntries(users.filter((one) => one !== null).map((one) => [one.id, one.user_name]));
  }, [ids.join()]);
  return load.data ?? {};
}
