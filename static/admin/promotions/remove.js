import { html, useState } from '../../lib/html.js';
import { api } from '../../lib/api.js';
import { t } from '../../lib/i18n.js';
import { useAction } from '../../lib/page.js';
import { Problem } from '../../lib/problem.js';
import { navigate } from '../../lib/router.js';
import { toast } from '../../lib/toast.js';
import { Button } from '../../ui/button.js';
import { Confirm } from '../../ui/dialog.js';
import { problemText } from '../../ui/error.js';

/** @typedef {import('../../types/api.js').Promotion} Promotion */

/** One that no order uses can go; the shop keeps one that an order ever used, switched off. @param {{promotion: Promotion, onChange: (next: Promotion) => void}} props */
export function Remove({ promotion, onChange }) {
  const [asking, ask] = useState(false), { id, name } = promotion;
  const remove = useAction(async () => {
    await api.delete('/admin/promotions/{id}', { params: { id } });
    const kept = await api.get('/admin/promotions/{id}', { params: { id } }).catch((error) => {
      if (error instanceof Problem && error.status === 404) return null;
      throw error;
    });
    toast(t(kept ? 'adminPromotions.isOff' : 'adminPromotions.removed', { name }));
    ask(false);
    if (kept) onChange(kept);
    else await navigate('/admin/promotions', { replace: true });
  });
  if (promotion.used) return null;
  return html`<${Button} kind="danger" onClick=${() => ask(true)}>${t('adminPromotions.remove')}</${Button}>
    ${asking && html`<${Confirm} title=${t('adminPromotions.removeAsk', { name })} text=${t('adminPromotions.removeText')} safe=${t('adminPromotions.keep')} act=${t('adminPromotions.remove')} danger busy=${remove.busy}
      error=${remove.error ? problemText(remove.error) : null} onAct=${() => void remove.run()} onClose=${() => ask(false)} />`}`;
}
