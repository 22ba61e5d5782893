import { html, useState } from '../../lib/html.js';
import { api } from '../../lib/api.js';
import { t } from '../../lib/i18n.js';
import { once } from '../../lib/idempotency.js';
import { money } from '../../lib/money.js';
import { currencySymbol, parseMoney } from '../../lib/money-input.js';
import { useAction } from '../../lib/page.js';
import { toast } from '../../lib/toast.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { Field } from '../../ui/field.js';
import { ProblemNotice } from '../../ui/notice.js';

/** Money for a wallet. A press that is repeated after a lost answer pays once. @param {import('./acts.js').ActProps} props */
export function TopUp({ user, onClose, onDone }) {
  const [text, setText] = useState(''), [reason, setReason] = useState(''), [tried, setTried] = useState(false);
  const amount = parseMoney(text), good = amount !== null && amount > 0;
  const pay = useAction(async () => {
    const body = { amount: /** @type {number} */ (amount), reason: reason.trim() };
    const transfer = await once(`top_up:${user.id}:${JSON.stringify(body)}`, (key) => api.post('/admin/user/{id}/top_up', body, { params: { id: user.id }, key }));
    toast(t('adminPeople.toppedUp', { sum: money(transfer.amount, { exact: true }), balance: money(transfer.balance_after, { exact: true }) }));
    onDone(null);
  });
  const submit = (/** @type {Event} */ event) => { event.preventDefault(); setTried(true); if (good && reason.trim()) void pay.run(); };
  const amountFault = tried && !good ? t('adminPeople.amountBad') : pay.error?.field('amount'), reasonFault = tried && !reason.trim() ? t('adminPeople.reasonNeeded') : pay.error?.field('reason');
  return html`<${Dialog} title=${t('adminPeople.topUpAsk', { name: user.user_name })} onClose=${onClose}><form class="stack" novalidate onSubmit=${submit}>
    <p class="muted">${t('adminPeople.topUpText')}</p>
    <${Field} label=${t('adminPeople.amount')} affix=${currencySymbol()} error=${amountFault} inputmode="decimal" autocomplete="off" value=${text} onInput=${(/** @type {any} */ event) => setText(event.currentTarget.value)} autofocus />
    <${Field} label=${t('adminCommon.reason')} error=${reasonFault} maxlength="255" value=${reason} onInput=${(/** @type {any} */ event) => setReason(event.currentTarget.value)} />
    ${!pay.error?.errors.length && html`<${ProblemNotice} error=${pay.error} />`}
    <div class="acts"><${Button} kind="line" onClick=${onClose}>${t('common.cancel')}</${Button}><${Button} type="submit" busy=${pay.busy}>${good ? t('adminPeople.topUpSum', { sum: money(amount, { exact: true }) }) : t('adminPeople.topUp')}</${Button}></div>
  </form></${Dialog}>`;
}
