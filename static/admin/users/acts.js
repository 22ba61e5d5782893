import { html, useState } from '../../lib/html.js';
import { api } from '../../lib/api.js';
import { t } from '../../lib/i18n.js';
import { useAction } from '../../lib/page.js';
import { toast } from '../../lib/toast.js';
import { Button } from '../../ui/button.js';
import { Confirm, Dialog } from '../../ui/dialog.js';
import { problemText } from '../../ui/error.js';
import { Field } from '../../ui/field.js';
import { ProblemNotice } from '../../ui/notice.js';

/** @typedef {import('../../types/api.js').User} User */
/** @typedef {{user: User, onClose: () => void, onDone: (user: User | null) => void}} ActProps */

/** @param {ActProps} props */
export function Ban({ user, onClose, onDone }) {
  const [reason, setReason] = useState('');
  const ban = useAction(async () => {
    const next = await api.post('/admin/user/{id}/ban', reason.trim() ? { reason: reason.trim() } : {}, { params: { id: user.id } });
    toast(t('adminPeople.bannedToast', { name: user.user_name }));
    onDone(next);
  });
  const fault = ban.error?.field('reason');
  const submit = (/** @type {Event} */ event) => { event.preventDefault(); void ban.run(); };
  return html`<${Dialog} title=${t('adminPeople.banAsk', { name: user.user_name })} onClose=${onClose}><form class="stack" onSubmit=${submit}>
    <p class="muted">${t('adminPeople.banText')}</p>
    <${Field} label=${t('adminCommon.reason')} hint=${t('adminPeople.banReasonHint')} error=${fault} maxlength="255" value=${reason} onInput=${(/** @type {any} */ event) => setReason(event.currentTarget.value)} />
    ${!fault && html`<${ProblemNotice} error=${ban.error} />`}
    <div class="acts"><${Button} kind="line" onClick=${onClose} autofocus>${t('common.cancel')}</${Button}><${Button} kind="danger fill" type="submit" busy=${ban.busy}>${t('adminPeople.ban')}</${Button}></div>
  </form></${Dialog}>`;
}

/** @param {ActProps} props */
export function Unban({ user, onClose, onDone }) {
  const unban = useAction(async () => {
    const next = await api.post('/admin/user/{id}/unban', {}, { params: { id: user.id } });
    toast(t('adminPeople.unbannedToast', { name: user.user_name }));
    onDone(next);
  });
  return html`<${Confirm} title=${t('adminPeople.unbanAsk', { name: user.user_name })} text=${t('adminPeople.unbanText')} safe=${t('common.cancel')} act=${t('adminPeople.unban')}
    busy=${unban.busy} error=${unban.error && problemText(unban.error)} onAct=${() => void unban.run()} onClose=${onClose} />`;
}

/** @param {ActProps} props */
export function Role({ user, onClose, onDone }) {
  const up = user.role !== 'admin';
  const change = useAction(async () => {
    const next = await api.post('/admin/user/{id}/role', { role: up ? 'admin' : 'customer' }, { params: { id: user.id } });
    toast(t(up ? 'adminPeople.isAdminNow' : 'adminPeople.isCustomerNow', { name: user.user_name }));
    onDone(next);
  });
  return html`<${Confirm} title=${t(up ? 'adminPeople.makeAdminAsk' : 'adminPeople.makeCustomerAsk', { name: user.user_name })} text=${t(up ? 'adminPeople.makeAdminText' : 'adminPeople.makeCustomerText')}
    safe=${t('common.cancel')} act=${t(up ? 'adminPeople.makeAdmin' : 'adminPeople.makeCustomer')} danger=${up} busy=${change.busy} error=${change.error && problemText(change.error)}
    onAct=${() => void change.run()} onClose=${onClose} />`;
}
