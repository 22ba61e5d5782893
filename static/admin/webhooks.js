import { html, useState } from '../lib/html.js';
import { api } from '../lib/api.js';
import { list as sentence, t } from '../lib/i18n.js';
import { useAction, useLoad, usePage } from '../lib/page.js';
import { dayAndTime } from '../lib/time.js';
import { toast } from '../lib/toast.js';
import { Button } from '../ui/button.js';
import { Confirm } from '../ui/dialog.js';
import { problemText } from '../ui/error.js';
import { Icon } from '../ui/icon.js';
import { Tag } from '../ui/tag.js';
import { ListPanel } from './list-parts.js';
import { useTopbar } from './shell.js';
import { useList } from './use-list.js';
import { AddWebhook } from './webhooks/add.js';
import { Deliveries } from './webhooks/deliveries.js';
import { AnswerTag, eventName } from './webhooks/parts.js';
import { Secret } from './webhooks/secret.js';

/** @typedef {import('../types/api.js').Webhook} Webhook */

/** Who is told of what happens to orders. */
export default function WebhooksPage() {
  const list = useList((cursor, signal) => api.get('/admin/webhooks', { signal, query: { page_size: 30, cursor } }), []);
  const [adding, add] = useState(false), [fresh, setFresh] = useState(/** @type {Webhook | null} */ (null));
  const [open, setOpen] = useState(/** @type {Webhook | null} */ (null)), [doomed, doom] = useState(/** @type {Webhook | null} */ (null));
  usePage({ title: t('adminWebhooks.title'), ready: !list.load.loading });
  useTopbar({ crumbs: [{ label: t('adminWebhooks.title') }] }, []);
  const added = (/** @type {Webhook} */ hook) => { add(false); setFresh(hook); };
  const put = (/** @type {Webhook} */ hook, /** @type {Webhook | null} */ next) => list.put((one) => one.id === hook.id, next);
  return html`<div class="work-head"><div><h1>${t('adminWebhooks.title')}</h1><p class="sub">${t('adminWebhooks.text')}</p></div><${Button} onClick=${() => add(true)}><${Icon} name="plus" />${t('adminWebhooks.add')}</${Button}></div>
    <${ListPanel} list=${list} label=${t('adminWebhooks.title')}
      head=${html`<th>${t('adminWebhooks.address')}</th><th class="wide-only">${t('adminWebhooks.events')}</th><th>${t('adminWebhooks.lastAnswer')}</th><th class="end wide-only"><span class="unseen">${t('adminWebhooks.acts')}</span></th>`}
      row=${(/** @type {Webhook} */ hook) => html`<${Row} key=${hook.id} hook=${hook} onOpen=${() => setOpen(hook)} onDelete=${() => doom(hook)} onChange=${(/** @type {Webhook} */ next) => put(hook, next)} />`}
      empty=${{ title: t('adminWebhooks.none'), text: t('adminWebhooks.noneText') }} />
    ${adding && html`<${AddWebhook} onClose=${() => add(false)} onDone=${added} />`}
    ${fresh && html`<${Secret} hook=${fresh} onDone=${() => { setFresh(null); list.load.reload(); }} />`}
    ${open && html`<${Deliveries} hook=${open} onClose=${() => setOpen(null)} />`}
    ${doomed && html`<${Delete} hook=${doomed} onClose=${() => doom(null)} onDone=${() => { put(doomed, null); doom(null); }} />`}`;
}

/** @param {{hook: Webhook, onOpen: () => void, onDelete: () => void, onChange: (hook: Webhook) => void}} props */
function Row({ hook, onOpen, onDelete, onChange }) {
  const last = useLoad((signal) => api.get('/admin/webhooks/{id}/deliveries', { params: { id: hook.id }, query: { page_size: 1 }, signal }), [hook.id]);
  const enable = useAction(async () => {
    onChange(await api.post('/admin/webhooks/{id}/enable', {}, { params: { id: hook.id } }));
    toast(t('adminWebhooks.enabled'));
  });
  const delivery = last.data?.items[0];
  const acts = html`<span class="row-acts">${hook.disabled_at && html`<${Button} kind="line" size="sm" busy=${enable.busy} onClick=${() => void enable.run()}>${t('adminWebhooks.enable')}</${Button}>`}
    <${Button} kind="line" size="sm" onClick=${onOpen}>${t('adminWebhooks.deliveries')}</${Button}>
    <button class="icon-btn" type="button" aria-label=${t('adminWebhooks.deleteNamed', { url: hook.url })} onClick=${onDelete}><${Icon} name="trash-2" /></button></span>`;
  return html`<tr><td><code class="url">${hook.url}</code><small class="muted below">${t('adminWebhooks.since', { when: dayAndTime(hook.created_at) })}</small>
      ${enable.error && html`<p class="error">${problemText(enable.error)}</p>`}<span class="narrow-only">${acts}</span></td>
    <td class="wide-only">${sentence(hook.events.map(eventName))}</td>
    <td><span class="tags">${hook.disabled_at ? html`<${Tag} kind="bad">${t('adminWebhooks.off')}</${Tag}>` : delivery ? html`<${AnswerTag} delivery=${delivery} />` : html`<span class="muted">${last.data ? t('adminWebhooks.never') : ''}</span>`}</span>
      ${hook.disabled_at ? html`<small class="muted below">${t('adminWebhooks.offSince', { when: dayAndTime(hook.disabled_at) })}</small>`
        : hook.failing_since && html`<small class="muted below">${t('adminWebhooks.failing', { when: dayAndTime(hook.failing_since) })}</small>`}</td>
    <td class="end wide-only">${acts}</td></tr>`;
}

/** @param {{hook: Webhook, onClose: () => void, onDone: () => void}} props */
function Delete({ hook, onClose, onDone }) {
  const remove = useAction(async () => {
    await api.delete('/admin/webhooks/{id}', { params: { id: hook.id } });
    toast(t('adminWebhooks.deleted'));
    onDone();
  });
  return html`<${Confirm} title=${t('adminWebhooks.deleteAsk')} text=${t('adminWebhooks.deleteText', { url: hook.url })} safe=${t('adminWebhooks.keep')} act=${t('adminWebhooks.delete')} danger
    busy=${remove.busy} error=${remove.error && problemText(remove.error)} onAct=${() => void remove.run()} onClose=${onClose} />`;
}
