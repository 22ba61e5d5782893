import { html } from '../../lib/html.js';
import { api } from '../../lib/api.js';
import { t } from '../../lib/i18n.js';
import { useAction } from '../../lib/page.js';
import { Problem } from '../../lib/problem.js';
import { Confirm } from '../../ui/dialog.js';
import { problemText } from '../../ui/error.js';

/** @typedef {import('../../types/api.js').Order} Order */

/**
 * Asks once, with the consequence. Whatever was done elsewhere meanwhile comes back as the order stands.
 * @param {{order: Order, onDone: (order: Order) => void, onClose: () => void}} props
 */
export function CancelDialog({ order, onDone, onClose }) {
  const cancel = useAction(async () => {
    try {
      onDone(await api.delete('/order/{id}', { params: { id: order.id } }));
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'wrong_status') throw error;
      onDone(await api.get('/order/{id}', { params: { id: order.id } }));
    }
  });
  return html`<${Confirm} title=${t('orders.cancelAsk')} text=${t(order.seckill_id ? 'orders.cancelSale' : 'orders.cancelText')} safe=${t('orders.keepIt')}
    act=${t('orders.cancel')} danger busy=${cancel.busy} error=${cancel.error ? problemText(cancel.error) : null} onAct=${() => void cancel.run()} onClose=${onClose} />`;
}
