import { html, useState } from '../../lib/html.js';
import { api } from '../../lib/api.js';
import { t } from '../../lib/i18n.js';
import { once } from '../../lib/idempotency.js';
import { money } from '../../lib/money.js';
import { useAction } from '../../lib/page.js';
import { toast } from '../../lib/toast.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { Checkbox, Field } from '../../ui/field.js';
import { ProblemNotice } from '../../ui/notice.js';
import { UserName } from '../user-names.js';
import { things } from './words.js';

/** @typedef {import('../../types/api.js').Order} Order */

/** The money goes back, the sum said first. @param {{order: Order, onClose: () => void, onDone: (order: Order) => void}} props */
export function Refund({ order, onClose, onDone }) {
  const [restock, setRestock] = useState(true), [reason, setReason] = useState('');
  const sum = money(order.total, { exact: true, currency: order.currency }), n = things(order);
  const refund = useAction(async () => {
    const body = { restock, ...(reason.trim() ? { reason: reason.trim() } : {}) };
    const next = await once(`refund:${order.id}:${JSON.stringify(body)}`, (key) => api.post('/admin/order/{id}/refund', body, { params: { id: order.id }, key }));
    toast(t('adminOrders.refundedToast', { sum }));
    onDone(next);
  });
  const submit = (/** @type {Event} */ event) => { event.preventDefault(); void refund.run(); };
  const fault = refund.error?.field('reason');
  return html`<${Dialog} title=${t('adminOrders.refundAsk', { sum })} onClose=${onClose}><form class="stack" onSubmit=${submit}>
    <p class="muted">${t('adminOrders.refundText', { sum })} <${UserName} id=${order.user_id} /></p>
    <fieldset class="stack tight"><legend class="label">${t('adminOrders.restock', { n })}</legend>
      <${Checkbox} type="radio" name="restock" label=${t(order.seckill_id ? 'adminOrders.restockSale' : 'adminOrders.restockYes')} checked=${restock} onChange=${() => setRestock(true)} />
      <${Checkbox} type="radio" name="restock" label=${t('adminOrders.restockNo')} checked=${!restock} onChange=${() => setRestock(false)} /></fieldset>
    <${Field} label=${t('adminCommon.reason')} hint=${t('adminOrders.reasonHint')} error=${fault} maxlength="255" value=${reason} onInput=${(/** @type {any} */ event) => setReason(event.currentTarget.value)} />
    ${!fault && html`<${ProblemNotice} error=${refund.error} />`}
    <div class="acts"><${Button} kind="line" onClick=${onClose} autofocus>${t('adminOrders.keep')}</${Button}><${Button} kind="danger fill" type="submit" busy=${refund.busy}>${t('adminOrders.refundSum', { sum })}</${Button}></div>
  </form></${Dialog}>`;
}
