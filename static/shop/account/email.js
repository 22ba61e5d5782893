import { html, useState } from '../../lib/html.js';
import { api } from '../../lib/api.js';
import { t } from '../../lib/i18n.js';
import { useAction } from '../../lib/page.js';
import { user } from '../../lib/session.js';
import { toast } from '../../lib/toast.js';
import { ActButton, usePause } from '../../ui/act-button.js';
import { Field, faultText } from '../../ui/field.js';
import { focusFault } from '../../ui/focus.js';
import { Icon } from '../../ui/icon.js';
import { WaitNotice } from '../door/wait.js';
import { CodeField, LetterSent, useCodeForm } from './code.js';
import { Part } from './frame.js';

const BIND = 1, UNBIND = 2;

/** Binds an address, or takes it away: a letter with a code first, then the code. */
export function EmailPart() {
  const who = user.value, bound = who?.email_verified ? who.email ?? '' : '';
  const [email, setEmail] = useState(who?.email ?? '');
  const [own, setOwn] = useState(/** @type {string | null} */ (null));
  const [sent, setSent] = useState(/** @type {{to: string, unbind: boolean} | null} */ (null));
  const send = useAction(async (/** @type {boolean} */ unbind) => {
    const to = unbind ? bound : email.trim();
    await api.post('/user/sending_email', unbind ? { operation_type: UNBIND } : { operation_type: BIND, email: to });
    setSent({ to, unbind });
  });
  const left = usePause(send.error), fault = own ?? faultText(send.error?.field('email') ?? null);
  const submit = async (/** @type {Event} */ event) => {
    event.preventDefault();
    const form = event.currentTarget, typed = email.trim();
    const found = !typed ? t('login.emailMissing') : typed.toLowerCase() === bound.toLowerCase() ? t('account.emailSame') : null;
    setOwn(found);
    focusFault(form);
    if (found || left) return;
    await send.run(false);
    focusFault(form);
  };
  const done = () => {
    const now = user.value?.email_verified ? user.value.email ?? '' : '';
    setEmail(now);
    setSent(null);
    toast(now ? t('account.emailBound', { email: now }) : t('account.emailUnbound'));
  };
  if (!who) return null;
  return html`<${Part} id="email" title=${t('account.email')} text=${t('account.emailText')}>
    <form class="line-form" onSubmit=${submit} novalidate>
      <${Field} label=${t('login.email')} type="email" name="email" autocomplete="email" inputmode="email" value=${email} error=${fault}
        hint=${html`<${EmailState} bound=${bound} given=${who.email ?? ''} />`}
        onInput=${(/** @type {any} */ event) => { setEmail(event.currentTarget.value); setOwn(null); if (send.error?.field('email')) send.clear(); }} />
      <${ActButton} type="submit" kind="line" busy=${send.busy} disabled=${left > 0}>${t('login.sendLetter')}</${ActButton}>
    </form>
    ${!fault && html`<${WaitNotice} error=${send.error} left=${left} />`}
    ${sent ? html`<${Code} key=${`${sent.to}${sent.unbind}`} sent=${sent} onDone=${done} />`
      : bound && html`<p><button class="link" type="button" disabled=${send.busy || left > 0} onClick=${() => void send.run(true)}>${t('account.unbind')}</button></p>`}
  </${Part}>`;
}

/** @param {{bound: string, given: string}} props */
function EmailState({ bound, given }) {
  if (bound) return html`<span class="email-state good"><${Icon} name="circle-check" />${t('account.emailConfirmed')}</span>`;
  return html`<span>${t(given ? 'account.emailUnconfirmed' : 'account.emailNone')}</span>`;
}

/** @param {{sent: {to: string, unbind: boolean}, onDone: () => void}} props */
function Code({ sent, onDone }) {
  const form = useCodeForm(async (code) => {
    user.value = await api.post('/user/valid_email', { token: code });
    onDone();
  });
  return html`<div class="stack letter"><${LetterSent} to=${sent.to} />
    <form class="line-form" onSubmit=${form.submit} novalidate><${CodeField} ...${form.field} />
      <${ActButton} type="submit" busy=${form.busy} disabled=${form.left > 0}>${t(sent.unbind ? 'account.confirmUnbind' : 'login.verify')}</${ActButton}></form>
    <${WaitNotice} error=${form.waits} left=${form.left} /></div>`;
}
