import { html } from '../../lib/html.js';
import { api } from '../../lib/api.js';
import { t } from '../../lib/i18n.js';
import { useAction } from '../../lib/page.js';
import { toast } from '../../lib/toast.js';
import { Confirm } from '../../ui/dialog.js';
import { problemText } from '../../ui/error.js';

/** @param {{method: import('../../types/api.js').DeliveryMethod, onClose: () => void, onRemoved: () => void}} props */
export function RemoveMethod({ method: { id, name }, onClose, onRemoved }) {
  const remove = useAction(async () => {
    await api.delete('/admin/delivery_methods/{id}', { params: { id } });
    toast(t('adminDelivery.removed', { name }));
    onRemoved();
  });
  return html`<${Confirm} title=${t('adminDelivery.removeAsk', { name })} text=${t('adminDelivery.removeText')} safe=${t('adminDelivery.keep')} act=${t('adminDelivery.remove')} danger
    busy=${remove.busy} error=${remove.error && problemText(remove.error)} onAct=${() => void remove.run()} onClose=${onClose} />`;
}
