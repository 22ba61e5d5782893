import { html, useState } from '../../lib/html.js';
import { api } from '../../lib/api.js';
import { list, t } from '../../lib/i18n.js';
import { money } from '../../lib/money.js';
import { useAction } from '../../lib/page.js';
import { shortId } from '../../lib/short-id.js';
import { dayAndTime } from '../../lib/time.js';
import { toast } from '../../lib/toast.js';
import { breakable } from '../../lib/rich.js';
import { ActButton } from '../../ui/act-button.js';
import { Button } from '../../ui/button.js';
import { Icon } from '../../ui/icon.js';
import { ProblemNotice } from '../../ui/notice.js';
import { Picture } from '../../ui/plate.js';
import { Tag } from '../../ui/tag.js';
import { AgainNotice } from './again-notice.js';
import { buyAgain } from './again.js';
import { PayTag, useTimeToPay } from './pay-time.js';
import { cancelledWhy } from './words.js';

/** @typedef {import('../../types/api.js').Order} Order */

const PILE = 2, NAMED = 2;

/** An order among others: a pile of pictures, how it stands, one thing to do. @param {{order: Order, onOrder: (order: Order) => void}} props */
export function OrderRow({ order, onOrder }) {
  const [again, setAgain] = useState(/** @type {import('./again.js').Again | null} */ (null));
  const left = useTimeToPay(order, undefined), lapsed = order.status === 'unpaid' && left === 0;
  const receive = useAction(async () => {
    onOrder(await api.post('/order/{id}/receive', undefined, { params: { id: order.id } }));
    toast(t('orders.thanks'));
  });
  const buy = useAction(async () => { setAgain(null); setAgain(await buyAgain(order)); });
  const id = `order-${order.id}`, what = { 'aria-describedby': id, size: 'sm' };
  const shown = order.lines.filter((line) => line.image).slice(0, PILE), error = receive.error ?? buy.error;
  return html`<li><div class="pile">${shown.length ? shown.map((line) => html`<${Picture} key=${line.sku_id} image=${line.image} sizes="5.5rem" />`) : html`<span class="no-picture"></span>`}</div>
    <div class="stack order-what"><${Status} order=${order} left=${left} /><h2 id=${id}><a href=${`/order/${order.id}`}>${breakable(contents(order))}</a></h2>
      <p class="small muted">${order.status === 'cancelled' ? t('orders.orderWhy', { id: shortId(order.id), when: dayAndTime(order.created_at), why: cancelledWhy(order) }) : t('orders.order', { id: shortId(order.id), when: dayAndTime(order.created_at) })}</p>
      <${AgainNotice} again=${again} />${error && html`<${ProblemNotice} error=${error} />`}</div>
    <div class="end"><span>${money(order.total, { exact: true, currency: order.currency })}</span>
      ${order.status === 'unpaid' && !lapsed ? html`<${Button} ...${what} href=${`/checkout?order=${order.id}`}>${t('orders.pay')}</${Button}>`
        : order.status === 'shipped' ? html`<${ActButton} kind="line" ...${what} error=${receive.error} busy=${receive.busy} onClick=${() => void receive.run()}>${t('orders.arrived')}</${ActButton}>`
          : order.status !== 'paid' && html`<${ActButton} kind="line" ...${what} error=${buy.error} busy=${buy.busy} onClick=${() => void buy.run()}>${t('orders.again')}</${ActButton}>`}</div></li>`;
}

/** What is in it: `Saddle Leather Sofa and 2 × Bell Pendant Lamp`. @param {Order} order */
export function contents({ lines }) {
  const names = lines.slice(0, lines.length === NAMED + 1 ? NAMED + 1 : NAMED).map(({ name, num }) => (num > 1 ? t('orders.lineOf', { n: num, name }) : name));
  return list(lines.length > names.length ? [...names, t('orders.moreLines', { n: lines.length - names.length })] : names);
}

/** @param {{order: Order, left: number}} props */
function Status({ order, left }) {
  if (order.status === 'unpaid') return left ? html`<${PayTag} left=${left} words />` : html`<${Tag} kind="line">${t('orders.tagUnpaid')}</${Tag}>`;
  if (order.status === 'shipped') return html`<${Tag} kind="good"><${Icon} name="truck" />${t('orders.tagShipped')}</${Tag}>`;
  if (order.status === 'paid') return html`<${Tag}>${t('orders.tagPaid')}</${Tag}>`;
  return html`<${Tag} kind="line">${t(order.status === 'completed' ? 'orders.tagCompleted' : order.status === 'refunded' ? 'orders.tagRefunded' : 'orders.tagCancelled')}</${Tag}>`;
}
