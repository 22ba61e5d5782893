/** Pause, resume and cancel, for the editor and the live board. */
import { html, useState } from '../../lib/html.js';
import { api } from '../../lib/api.js';
import { t } from '../../lib/i18n.js';
import { useAction } from '../../lib/page.js';
import { toast } from '../../lib/toast.js';
import { Button } from '../../ui/button.js';
import { Confirm } from '../../ui/dialog.js';
import { problemText } from '../../ui/error.js';
import { Icon } from '../../ui/icon.js';
import { isOver } from './words.js';

/** @typedef {import('../../types/api.js').Sale} Sale */

/** @param {{sale: Sale, onChange: (sale: Sale) => void, children?: any}} props `children` come first */
export function SaleActs({ sale, onChange, children }) {
  const [asking, ask] = useState(false);
  const rest = useAction(async () => {
    const paused = sale.state === 'paused';
    onChange(await (paused ? api.post('/admin/seckill/{id}/resume', {}, { params: { id: sale.id } }) : api.post('/admin/seckill/{id}/pause', {}, { params: { id: sale.id } })));
    toast(t(paused ? 'adminSales.resumedToast' : 'adminSales.pausedToast'));
  });
  const cancel = useAction(async () => {
    onChange(await api.post('/admin/seckill/{id}/cancel', {}, { params: { id: sale.id } }));
    ask(false);
    toast(t('adminSales.cancelledToast'));
  });
  const taken = sale.stock_total - sale.stock_left;
  return html`<div class="row sale-acts">${children}
    ${!isOver(sale) && html`<${Button} kind="line" busy=${rest.busy} onClick=${() => void rest.run()}>${!rest.busy && html`<${Icon} name=${sale.state === 'paused' ? 'play' : 'pause'} />`}${t(sale.state === 'paused' ? 'adminSales.resume' : 'adminSales.pause')}</${Button}>
      <${Button} kind="danger" onClick=${() => ask(true)}>${t('adminSales.cancel')}</${Button}>`}
    ${rest.error && html`<p class="error" role="alert">${problemText(rest.error)}</p>`}
    ${asking && html`<${Confirm} title=${t('adminSales.cancelAsk')} text=${taken ? t('adminSales.cancelText', { taken: t('adminSales.unitsN', { n: taken }), left: t('adminSales.unitsN', { n: sale.stock_left }) }) : t('adminSales.cancelTextNone', { left: t('adminSales.unitsN', { n: sale.stock_left }) })}
      safe=${t('adminSales.keep')} act=${t('adminSales.cancel')} danger busy=${cancel.busy} error=${cancel.error && problemText(cancel.error)} onAct=${() => void cancel.run()} onClose=${() => ask(false)} />`}</div>`;
}
