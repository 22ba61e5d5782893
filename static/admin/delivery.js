import { html, useState } from '../lib/html.js';
import { api } from '../lib/api.js';
import { t } from '../lib/i18n.js';
import { money } from '../lib/money.js';
import { useAction, usePage } from '../lib/page.js';
import { toast } from '../lib/toast.js';
import { Button } from '../ui/button.js';
import { problemText } from '../ui/error.js';
import { Icon } from '../ui/icon.js';
import { Notice } from '../ui/notice.js';
import { Tag } from '../ui/tag.js';
import { MethodDialog } from './delivery/edit.js';
import { RemoveMethod } from './delivery/remove.js';
import { countriesText, priceText } from './delivery/words.js';
import { ListPanel } from './list-parts.js';
import { useTopbar } from './shell.js';
import { useList } from './use-list.js';

/** @typedef {import('../types/api.js').DeliveryMethod} Method */

/** How orders reach their buyers, in the order in which buyers see it. */
export default function DeliveryPage() {
  const list = useList((_, signal) => api.get('/admin/delivery_methods', { signal }), []);
  const [edited, edit] = useState(/** @type {Method | 'new' | null} */ (null)), [doomed, doom] = useState(/** @type {Method | null} */ (null));
  usePage({ title: t('adminDelivery.title'), ready: !list.load.loading });
  useTopbar({ crumbs: [{ label: t('adminDelivery.title') }] }, []);
  const put = (/** @type {Method} */ method, /** @type {Method | null} */ next) => list.put((one) => one.id === method.id, next);
  const saved = (/** @type {Method} */ next) => { if (edited === 'new') list.load.reload(); else put(next, next); edit(null); };
  const silent = list.items.length > 0 && !list.items.some(({ enabled }) => enabled);
  return html`<div class="work-head"><div><h1>${t('adminDelivery.title')}</h1><p class="sub">${t('adminDelivery.text')}</p></div><${Button} onClick=${() => edit('new')}><${Icon} name="plus" />${t('adminDelivery.new')}</${Button}></div>
    ${silent && html`<${Notice} kind="warn">${t('adminDelivery.allOff')}</${Notice}>`}
    <${ListPanel} list=${list} label=${t('adminDelivery.title')}
      head=${html`<th>${t('adminDelivery.method')}</th><th class="end">${t('adminDelivery.price')}</th><th class="end wide-only">${t('adminDelivery.freeFrom')}</th><th class="wide-only">${t('adminDelivery.countries')}</th>
        <th>${t('adminDelivery.state')}</th><th class="end wide-only"><span class="unseen">${t('adminDelivery.acts')}</span></th>`}
      row=${(/** @type {Method} */ method) => html`<${Row} key=${method.id} method=${method} onEdit=${() => edit(method)} onRemove=${() => doom(method)} onChange=${(/** @type {Method} */ next) => put(method, next)} />`}
      empty=${{ title: t('adminDelivery.none'), text: t('adminDelivery.noneText') }} />
    ${edited && html`<${MethodDialog} method=${edited === 'new' ? null : edited} onClose=${() => edit(null)} onSaved=${saved} />`}
    ${doomed && html`<${RemoveMethod} method=${doomed} onClose=${() => doom(null)} onRemoved=${() => { put(doomed, null); doom(null); }} />`}`;
}

/** @param {{method: Method, onEdit: () => void, onRemove: () => void, onChange: (next: Method) => void}} props */
function Row({ method, onEdit, onRemove, onChange }) {
  const { id, name, enabled, free_from: free } = method;
  const turn = useAction(async () => {
    onChange(await api.put('/admin/delivery_methods/{id}', { enabled: !enabled }, { params: { id } }));
    toast(t(enabled ? 'adminDelivery.isOff' : 'adminDelivery.isOn', { name }));
  });
  const acts = html`<span class="row-acts"><${Button} kind="line" size="sm" busy=${turn.busy} aria-label=${t(enabled ? 'adminDelivery.turnOffNamed' : 'adminDelivery.turnOnNamed', { name })} onClick=${() => void turn.run()}>${t(enabled ? 'adminDelivery.turnOff' : 'adminDelivery.turnOn')}</${Button}>
    <${Button} kind="line" size="sm" aria-label=${t('adminDelivery.editNamed', { name })} onClick=${onEdit}>${t('adminDelivery.edit')}</${Button}>
    <button class="icon-btn" type="button" aria-label=${t('adminDelivery.removeNamed', { name })} onClick=${onRemove}><${Icon} name="trash-2" /></button></span>`;
  return html`<tr><td>${name}<small class="narrow-only muted below">${countriesText(method.countries)}</small>${free != null && html`<small class="narrow-only muted below">${t('adminDelivery.freeFromSum', { sum: money(free) })}</small>`}
      ${turn.error && html`<p class="error">${problemText(turn.error)}</p>`}<span class="narrow-only">${acts}</span></td>
    <td class="end">${priceText(method.price)}</td><td class="end wide-only">${free != null ? money(free, { exact: true }) : html`<span class="muted">${t('adminDelivery.never')}</span>`}</td>
    <td class="wide-only">${countriesText(method.countries)}</td>
    <td><${Tag} kind=${enabled ? 'good' : ''}>${t(enabled ? 'adminDelivery.on' : 'adminDelivery.off')}</${Tag}></td><td class="end wide-only">${acts}</td></tr>`;
}
