import { html, useEffect, useRef } from '../../lib/html.js';
import { api } from '../../lib/api.js';
import { t } from '../../lib/i18n.js';
import { useLoad, usePage } from '../../lib/page.js';
import { rich } from '../../lib/rich.js';
import { navigate, setQuery } from '../../lib/router.js';
import { user } from '../../lib/session.js';
import { Button } from '../../ui/button.js';
import { Empty } from '../../ui/empty.js';
import { Icon } from '../../ui/icon.js';
import { Loaded } from '../../ui/loaded.js';
import { Notice } from '../../ui/notice.js';
import { SkeletonRows } from '../../ui/skeleton.js';
import { cart, loadBag } from '../bag.js';
import { keepCodes } from '../quote/kept-codes.js';
import { wantedItem } from './goods.js';
import { Pay } from './pay.js';
import { Place } from './place.js';
import { logInLink } from './trouble.js';

/** @typedef {import('../../types/api.js').Address} Address */
/** @typedef {import('../../types/api.js').CartItem} CartItem */
/** @typedef {import('../../types/api.js').Order} Order */
/** @typedef {{order: Order | null, item: CartItem | null, addresses: Address[]}} Data `item`: what is bought at once, past the bag */

/**
 * Two steps on one page. What is bought is the bag, a SKU (`?sku=ID&num=N`), or an order that waits for its payment
 * (`?order=ID`): from then on the address names the order, so that coming back lands on the second step.
 * @param {import('../../lib/router.js').PageProps} props
 */
export default function CheckoutPage({ query }) {
  const placed = useRef(/** @type {Order | null} */ (null));
  const { order: id, sku, num, product } = query;
  const load = useLoad((signal) => begin({ id, sku, num, product }, placed, signal), [id, sku, num, product], { keep: true });
  const { data } = load, away = data?.order && data.order.status !== 'unpaid' ? data.order.id : null;
  // The first step tells itself when it is there: with its sums.
  const first = user.value && data && !data.order && !id && (data.item || cart.value?.items.length);
  usePage({ title: t('checkout.title'), ready: !load.loading && !away && !first });
  // Paid, or cancelled: there is nothing to do here any more, and Back shall not lead here either.
  useEffect(() => { if (away) void navigate(`/order/${away}`, { replace: true }); }, [away]);
  useEffect(() => { if (data?.order && !id) { keepCodes([]); setQuery({ order: data.order.id }); } }, [data]);
  if (away) return null;
  if (load.error?.status === 404 && !data) return html`<${Gone} order=${Boolean(id)} />`;
  return html`<${Loaded} of=${load} page skeleton=${html`<${Waiting} />`}>${(/** @type {Data} */ found) => html`<div class="wrap">
    <div class="list-head"><h1>${t('checkout.title')}</h1><p class="row small promise"><${Icon} name="lock" /><span>${t('checkout.onlyOnce')}</span></p></div>
    ${user.value ? html`<${Steps} data=${found} id=${id} load=${load} placed=${placed} />` : html`<div class="waiting"><${Notice} kind="warn" alert>${rich('checkout.sessionOver', { a: logInLink })}</${Notice}></div>`}
  </div>`}</${Loaded}>`;
}

/** @param {{data: Data, id: string | undefined, load: import('../../lib/page.js').Load<Data>, placed: {current: Order | null}}} props */
function Steps({ data, id, load, placed }) {
  const { item, addresses } = data, order = data.order ?? (placed.current?.id === id ? placed.current : null);
  if (order) return html`<${Pay} key=${order.id} order=${order} fresh=${placed.current?.id === order.id} onOrder=${(/** @type {Order} */ next) => load.set({ ...data, order: next })} />`;
  const items = item ? [item] : cart.value?.items ?? [];
  if (!items.length) return html`<div class="waiting"><${Empty} title=${t('checkout.emptyTitle')} text=${t('checkout.emptyCheckout')}><${Button} href="/c">${t('common.toSearch')}</${Button}></${Empty}></div>`;
  const onPlaced = (/** @type {Order} */ next) => {
    placed.current = next;
    keepCodes([]);
    setQuery({ order: next.id, sku: null, num: null, product: null });
  };
  return html`<${Place} items=${items} fromBag=${item === null} addresses=${addresses} onAddresses=${(/** @type {Address[]} */ all) => load.set({ ...data, addresses: all })}
    reload=${load.reload} onPlaced=${onPlaced} />`;
}

/**
 * @param {{id?: string, sku?: string, num?: string, product?: string}} asked
 * @param {{current: Order | null}} placed the order that was placed here just now
 * @param {AbortSignal} signal
 * @returns {Promise<Data>}
 */
async function begin({ id, sku, num, product }, placed, signal) {
  if (id) {
    const known = placed.current?.id === id ? placed.current : null;
    return { order: known ?? await api.get('/order/{id}', { params: { id }, signal }), item: null, addresses: [] };
  }
  const [addresses, item] = await Promise.all([api.get('/address', { signal }), sku ? wantedItem({ sku, num, product }, signal) : loadBag().then(() => null)]);
  // An empty bag and an order that waits: it was placed, and the page left or its answer lost.
  const waits = item || cart.value?.items.length ? null : (await api.get('/orders', { query: { status: 'unpaid', page_size: 1 }, signal })).items[0];
  return { order: waits ?? null, item, addresses: addresses.items };
}

/** An order of somebody else, or a SKU that has left. @param {{order: boolean}} props */
const Gone = ({ order }) => html`<div class="wrap waiting">${order
  ? html`<${Empty} page title=${t('orders.goneTitle')} text=${t('orders.goneText')}><${Button} href="/orders">${t('orders.toOrders')}</${Button}></${Empty}>`
  : html`<${Empty} page title=${t('checkout.skuGoneTitle')} text=${t('checkout.skuGoneText')}><${Button} href="/c">${t('common.toSearch')}</${Button}></${Empty}>`}</div>`;

function Waiting() {
  return html`<div class="wrap waiting" aria-hidden="true"><div class="two"><${SkeletonRows} count=${3} height="7rem" /><div class="skeleton" style=${{ height: '20rem' }}></div></div></div>`;
}
