import { html } from '../../lib/html.js';
import { api } from '../../lib/api.js';
import { t } from '../../lib/i18n.js';
import { useAction } from '../../lib/page.js';
import { dayAndTime } from '../../lib/time.js';
import { toast } from '../../lib/toast.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { problemText } from '../../ui/error.js';
import { Icon } from '../../ui/icon.js';
import { ListPanel } from '../list-parts.js';
import { useList } from '../use-list.js';
import { AnswerTag, eventName } from './parts.js';

/** @typedef {import('../../types/api.js').Delivery} Delivery */
/** @typedef {import('../../types/api.js').Webhook} Webhook */

/** What was sent to one address, newest first. @param {{hook: Webhook, onClose: () => void}} props */
export function Deliveries({ hook, onClose }) {
  const list = useList((cursor, signal) => api.get('/admin/webhooks/{id}/deliveries', { params: { id: hook.id }, query: { page_size: 20, cursor }, signal }), [hook.id]);
  return html`<${Dialog} kind="side-panel" title=${t('adminWebhooks.deliveries')} onClose=${onClose}>
    <div class="row between"><code class="url">${hook.url}</code><${Button} kind="line" size="sm" onClick=${list.load.reload}><${Icon} name="refresh-cw" />${t('adminWebhooks.lookAgain')}</${Button}></div>
    <${ListPanel} list=${list} label=${t('adminWebhooks.deliveries')} head=${html`<th>${t('adminWebhooks.event')}</th><th>${t('adminWebhooks.answer')}</th><th class="end"><span class="unseen">${t('adminWebhooks.acts')}</span></th>`}
      row=${(/** @type {Delivery} */ one) => html`<${Row} key=${one.id} hook=${hook.id} delivery=${one} onChange=${(/** @type {Delivery} */ next) => list.put((other) => other.id === one.id, next)} />`}
      empty=${{ title: t('adminWebhooks.noDeliveries'), text: t('adminWebhooks.noDeliveriesText') }} />
  </${Dialog}>`;
}

/** @param {{hook: number, delivery: Delivery, onChange: (delivery: Delivery) => void}} props */
function Row({ hook, delivery, onChange }) {
  const replay = useAction(async () => {
    onChange(await api.post('/admin/webhooks/{id}/deliveries/{delivery_id}/replay', {}, { params: { id: hook, delivery_id: delivery.id } }));
    toast(t('adminWebhooks.replayed'));
  });
  return html`<tr><td>${eventName(delivery.event)}<small class="muted below">${dayAndTime(delivery.created_at)}</small></td>
    <td><${AnswerTag} delivery=${delivery} /><small class="muted below">${t('adminWebhooks.attempts', { n: delivery.attempts })}${delivery.status !== 'delivered' && delivery.last_error ? ` · ${delivery.last_error}` : ''}</small>
      ${replay.error && html`<p class="error">${problemText(replay.error)}</p>`}</td>
    <td class="end">${delivery.status !== 'pending' && html`<${Button} kind="line" size="sm" busy=${replay.busy} onClick=${() => void replay.run()}>${t('adminWebhooks.replay')}</${Button}>`}</td></tr>`;
}
