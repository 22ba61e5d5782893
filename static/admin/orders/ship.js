import { html, useState } from '../../lib/html.js';
import { api } from '../../lib/api.js';
import { t } from '../../lib/i18n.js';
import { useAction } from '../../lib/page.js';
import { shortId } from '../../lib/short-id.js';
import { toast } from '../../lib/toast.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { Field } from '../../ui/field.js';
import { ProblemNotice } from '../../ui/notice.js';

/** @typedef {import('../../types/api.js').Order} Order */

/** The parcel leaves. @param {{order: Order, onClose: () => void, onDone: (order: Order) => void}} props */
export function Ship({ order, onClose, onDone }) {
  const [tracking, setTracking] = useState('');
  const ship = useAction(async () => {
    const next = await api.post('/admin/order/{id}/ship', tracking.trim() ? { tracking: tracking.trim() } : {}, { params: { id: order.id } });
    toast(t('adminOrders.shippedToast', { id: shortId(order.id) }));
    onDone(next);
  });
  const submit = (/** @type {Event} */ event) => { event.preventDefault(); void ship.run(); };
  const fault = ship.error?.field('tracking');
  return html`<${Dialog} title=${t('adminOrders.shipAsk')} onClose=${onClose}><form class="stack" onSubmit=${submit}>
    <p class="muted">${t('adminOrders.shipText')}</p>
    <${Field} label=${t('adminOrders.tracking')} hint=${t('common.optional')} error=${fault} maxlength="128" autocomplete="off" value=${tracking} onInput=${(/** @type {any} */ event) => setTracking(event.currentTarget.value)} autofocus />
    ${!fault && html`<${ProblemNotice} error=${ship.error} />`}
    <div class="acts"><${Button} kind="line" onClick=${onClose}>${t('common.cancel')}</${Button}><${Button} type="submit" busy=${ship.busy}>${t('adminOrders.ship')}</${Button}></div>
  </form></${Dialog}>`;
}
