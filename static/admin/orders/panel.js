import { html, useState } from '../../lib/html.js';
import { api } from '../../lib/api.js';
import { placeLine } from '../../lib/countries.js';
import { t, tMaybe } from '../../lib/i18n.js';
import { money } from '../../lib/money.js';
import { useLoad } from '../../lib/page.js';
import { shortId } from '../../lib/short-id.js';
import { dayAndTime, dateTime } from '../../lib/time.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { Icon } from '../../ui/icon.js';
import { Loaded } from '../../ui/loaded.js';
import { Notice } from '../../ui/notice.js';
import { Picture } from '../../ui/plate.js';
import { SkeletonRows } from '../../ui/skeleton.js';
import { UserName } from '../user-names.js';
import { Refund } from './refund.js';
import { Ship } from './ship.js';
import { OrderTag } from './words.js';

/** @typedef {import('../../types/api.js').Order} Order */

/** One order at the side. @param {{id: string, onClose: () => void, onChange: (order: Order) => void}} props */
export function OrderPanel({ id, onClose, onChange }) {
  const load = useLoad((signal) => api.get('/admin/order/{id}', { params: { id }, signal }), [id], { keep: true });
  // The answers of ship and refund lack the history.
  const changed = (/** @type {Order} */ order) => { onChange(order); load.reload(); };
  return html`<${Dialog} kind="side-panel" title=${html`${t('adminOrders.order')} <code>${shortId(id)}</code>`} onClose=${onClose}>
    <${Loaded} of=${load} skeleton=${html`<${SkeletonRows} count=${5} height="3rem" />`}>${(/** @type {Order} */ order) => html`<${Shown} order=${order} onChange=${changed} />`}</${Loaded}>
  </${Dialog}>`;
}

/** @param {{order: Order, onChange: (order: Order) => void}} props */
function Shown({ order, onChange }) {
  const [asking, ask] = useState(/** @type {null | 'ship' | 'refund'} */ (null));
  const done = (/** @type {Order} */ next) => { ask(null); onChange(next); };
  const sum = money(order.total, { exact: true, currency: order.currency });
  return html`<div class="row between"><${OrderTag} status=${order.status} /><b class="num big-sum">${sum}</b></div>
    ${order.status === 'unpaid' && order.pay_by && html`<${Notice}>${t('adminOrders.payBy', { when: dayAndTime(order.pay_by) })}</${Notice}>`}
    ${order.status === 'paid' && html`<div class="row acts-row"><${Button} onClick=${() => ask('ship')}><${Icon} name="truck" />${t('adminOrders.ship')}</${Button}>
      <${Button} kind="danger" onClick=${() => ask('refund')}>${t('adminOrders.refund')}</${Button}></div>`}
    <ul class="order-lines">${order.lines.map((line) => html`<li>${line.image ? html`<${Picture} class="thumb" image=${line.image} sizes="2.5rem" />` : html`<span class="thumb"></span>`}
      <span><a class="quiet-link" href=${`/admin/products/${line.product_id}`}>${line.name}</a><small class="muted below">${[...Object.values(line.options), `${line.num} × ${money(line.unit_price, { exact: true, currency: order.currency })}`].join(', ')}</small></span>
      <b class="num">${money(line.total, { exact: true, currency: order.currency })}</b></li>`)}</ul>
    <${Facts} order=${order} />
    ${order.history?.length ? html`<section class="stack tight"><h3 class="h-small">${t('adminOrders.history')}</h3><ol class="feed tiny">${[...order.history].reverse().map((change) => html`<li><time datetime=${change.at}>${dayAndTime(change.at)}</time>
      <span>${t(`adminOrders.did_${change.to}`)}<span class="muted"> ${tMaybe(`adminOrders.by_${change.actor}`) ?? change.actor}${change.reason ? ` · ${change.reason}` : ''}</span></span></li>`)}</ol></section>` : null}
    ${asking === 'ship' && html`<${Ship} order=${order} onClose=${() => ask(null)} onDone=${done} />`}
    ${asking === 'refund' && html`<${Refund} order=${order} onClose=${() => ask(null)} onDone=${done} />`}`;
}

/** @param {{order: Order}} props */
function Facts({ order }) {
  const { address } = order;
  const row = (/** @type {string} */ name, /** @type {any} */ value) => (value ? html`<div><dt>${name}</dt><dd>${value}</dd></div>` : null);
  return html`<dl class="facts">
    ${row(t('adminOrders.shopper'), html`<${UserName} id=${order.user_id} link />`)}
    ${row(t('adminOrders.goesTo'), address && html`<span class="lines-of">${[address.name, ...address.address.split('\n'), placeLine(address), address.phone].filter(Boolean).map((line, i) => html`${i ? html`<br />` : null}${line}`)}</span>`)}
    ${row(t('adminOrders.tracking'), order.tracking && html`<code>${order.tracking}</code>`)}
    ${row(t('adminOrders.inSale'), order.seckill_id && html`<a class="link" href=${`/admin/sales/${order.seckill_id}`}>${t('adminOrders.saleNo', { id: String(order.seckill_id) })}</a>`)}
    ${order.promotions.map((one) => row(t('adminOrders.promotion'), html`<a class="link" href=${`/admin/promotions/${one.id}`}>${one.name}</a> ${one.discount > 0 && money(-one.discount, { exact: true, currency: order.currency })}`))}
    ${row(t('adminOrders.shipping'), order.delivery && t('adminOrders.deliveryCosts', { name: order.delivery.name, price: money(order.totals.shipping, { exact: true, currency: order.currency }) }))}
    ${row(t('adminOrders.tax'), order.totals.tax > 0 && money(order.totals.tax, { exact: true, currency: order.currency }))}
    ${row(t('adminOrders.placed'), dateTime(order.created_at))}
    ${row(t('adminOrders.reason'), order.cancel_reason && t(`adminOrders.why_${order.cancel_reason}`))}
    ${row(t('adminOrders.id'), html`<code class="whole-id">${order.id}</code>`)}</dl>`;
}
