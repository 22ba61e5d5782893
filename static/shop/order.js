import { html, useState } from '../lib/html.js';
import { api } from '../lib/api.js';
import { t } from '../lib/i18n.js';
import { money } from '../lib/money.js';
import { useAction, useLoad, usePage } from '../lib/page.js';
import { breakable } from '../lib/rich.js';
import { shop } from '../lib/shop.js';
import { shortId } from '../lib/short-id.js';
import { dateTime, dayMonth, timeOfDay } from '../lib/time.js';
import { toast } from '../lib/toast.js';
import { ActButton } from '../ui/act-button.js';
import { Button } from '../ui/button.js';
import { Crumbs } from '../ui/crumbs.js';
import { Empty } from '../ui/empty.js';
import { Loaded } from '../ui/loaded.js';
import { Notice, ProblemNotice } from '../ui/notice.js';
import { Picture } from '../ui/plate.js';
import { SkeletonLine, SkeletonRows } from '../ui/skeleton.js';
import { Tag } from '../ui/tag.js';
import { Timeline } from '../ui/timeline.js';
import { optionText } from './cart/option.js';
import { AgainNotice } from './orders/again-notice.js';
import { buyAgain } from './orders/again.js';
import { CancelDialog } from './orders/cancel.js';
import { OrderFacts } from './orders/facts.js';
import { History } from './orders/history.js';
import { PayGate, useTimeToPay } from './orders/pay-time.js';
import { stepsOf } from './orders/steps.js';
import { cancelledWhy, statusTitle } from './orders/words.js';
import { LineOff } from './quote/totals.js';

/** @typedef {import('../types/api.js').Order} Order */

/** Soon after the time to pay is over, the shop has cancelled the order. */
const SWEEP_MS = 2500;

/** One order, from its first minute to its last. @param {import('../lib/router.js').PageProps} props */
export default function OrderPage({ params }) {
  const id = params.order, load = useLoad((signal) => api.get('/order/{id}', { params: { id }, signal }), [id]);
  const gone = load.error?.status === 404;
  usePage({ title: load.data ? statusTitle(load.data) : gone ? t('orders.goneTitle') : '', ready: !load.loading });
  if (gone) return html`<div class="wrap waiting"><${Empty} page title=${t('orders.goneTitle')} text=${t('orders.goneText')}><${Button} href="/orders">${t('orders.toOrders')}</${Button}></${Empty}></div>`;
  // An answer to a change carries no history: the order is asked for again, and what is known shows meanwhile.
  const take = (/** @type {Order} */ next) => { load.set({ ...next, history: next.history ?? load.data?.history }); load.reload(); };
  return html`<${Loaded} of=${load} page skeleton=${html`<${Waiting} />`}>${(/** @type {Order} */ order) => html`<${Shown} order=${order} onOrder=${take} onLapse=${() => setTimeout(load.reload, SWEEP_MS)} />`}</${Loaded}>`;
}

/** @param {{order: Order, onOrder: (order: Order) => void, onLapse: () => void}} props */
function Shown({ order, onOrder, onLapse }) {
  const [again, setAgain] = useState(/** @type {import('./orders/again.js').Again | null} */ (null)), [asking, ask] = useState(false);
  const left = useTimeToPay(order, onLapse);
  const receive = useAction(async () => {
    onOrder(await api.post('/order/{id}/receive', undefined, { params: { id: order.id } }));
    toast(t('orders.thanks'));
  });
  const buy = useAction(async () => { setAgain(null); setAgain(await buyAgain(order)); });
  const unpaid = order.status === 'unpaid', payable = unpaid && left > 0;
  const sum = money(order.total, { exact: true, currency: order.currency });
  return html`<div class="wrap order-page"><p class="print-only"><b>${shop.name}</b><span>${order.id}</span></p><${Crumbs} items=${[{ label: t('orders.title'), href: '/orders' }, { label: shortId(order.id) }]} />
    <div class="list-head"><div><h1>${statusTitle(order)}</h1><p>${t('orders.placedOn', { id: shortId(order.id), when: dateTime(order.created_at) })}</p></div>
      <div class="row">${payable ? html`<button class="link small" type="button" aria-hidden=${asking ? 'true' : undefined} onClick=${() => ask(true)}>${t('orders.cancel')}</button>
          <${Button} href=${`/checkout?order=${order.id}`}>${t('orders.payOrder', { sum })}</${Button}>`
        : html`${!unpaid && html`<${ActButton} kind=${order.status === 'shipped' || order.status === 'paid' ? 'line' : 'primary'} error=${buy.error} busy=${buy.busy} onClick=${() => void buy.run()}>${t('orders.again')}</${ActButton}>`}
          ${order.status === 'shipped' && html`<${ActButton} error=${receive.error} busy=${receive.busy} onClick=${() => void receive.run()}>${t('orders.arrived')}</${ActButton}>`}`}</div></div>
    <div class="stack order-news"><${AgainNotice} again=${again} /><${ProblemNotice} error=${receive.error ?? buy.error} />
      ${payable && html`<${PayGate} order=${order} left=${left} words />`}
      ${unpaid && !payable && html`<${Notice} kind="warn" alert>${t('orders.timeOver')}</${Notice}>`}
      ${order.status === 'cancelled' && html`<p class="lead">${cancelledWhy(order)}</p>`}</div>
    <div class="order-way"><${Timeline} label=${t('orders.progress')} steps=${stepsOf(order).map((step) => ({ state: step.state, title: t(`orders.${step.key}`), text: stepText(step, order) }))} /></div>
    <${Lines} order=${order} /><${OrderFacts} order=${order} /><${History} order=${order} />
    ${asking && html`<${CancelDialog} order=${order} onClose=${() => ask(false)} onDone=${(/** @type {Order} */ next) => { ask(false); onOrder(next); }} />`}</div>`;
}

/** @param {import('./orders/steps.js').Step} step @param {Order} order */
function stepText(step, order) {
  if (!step.at) return step.todo ? t(`orders.${step.todo}`) : null;
  const when = t('common.dayAt', { day: dayMonth(step.at), time: timeOfDay(step.at) });
  return step.key === 'stepShipped' && order.tracking ? html`${when}<br />${t('orders.parcel', { tracking: order.tracking })}` : when;
}

/** @param {{order: Order}} props */
function Lines({ order }) {
  const exact = (/** @type {number} */ minor) => money(minor, { exact: true, currency: order.currency });
  return html`<ul class="lines">${order.lines.map((line) => html`<li key=${line.sku_id}>${line.image ? html`<${Picture} image=${line.image} sizes="7rem" />` : html`<span class="no-picture"></span>`}
    <div class="mid"><h2 class="card-title"><a href=${`/p/${line.product_id}?sku=${line.sku_id}`}>${breakable(line.name)}</a></h2>
      <p class="line-option">${optionText(line)} ${order.seckill_id && html`<${Tag} kind="sale">${t('orders.saleTag')}</${Tag}>`}</p></div>
    <p class="sum">${exact(line.total)}${line.num > 1 && html`<small>${t('checkout.times', { price: exact(line.unit_price), n: line.num })}</small>`}<${LineOff} sum=${line.discount} currency=${order.currency} /></p></li>`)}</ul>`;
}

function Waiting() {
  return html`<div class="wrap waiting" aria-hidden="true"><${SkeletonLine} width="8rem" /><${SkeletonLine} width="22rem" /><${SkeletonRows} count=${3} height="6rem" /></div>`;
}
