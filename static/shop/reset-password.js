import { html, useState } from '../lib/html.js';
import { api } from '../lib/api.js';
import { t } from '../lib/i18n.js';
import { ownPath, withQuery } from '../lib/match.js';
import { useAction, usePage } from '../lib/page.js';
import { navigate } from '../lib/router.js';
import { logOut, user } from '../lib/session.js';
import { ActButton, usePause } from '../ui/act-button.js';
import { Field, faultText } from '../ui/field.js';
import { problemText } from '../ui/error.js';
import { focusFault } from '../ui/focus.js';
import { WaitNotice } from './door/wait.js';
import { CodeField, isCodeFault, LetterSent, useCode } from './account/code.js';
import { passwordFault } from './account/rules.js';
import { ruleText } from './account/words.js';
import { Door } from './door/door.js';

/** First the address, then the code of the letter and the new password. @type {import('../lib/router.js').Page} */
export default function ResetPassword({ query }) {
  usePage({ title: t('login.resetTitle') });
  const [step, setStep] = useState(/** @type {'ask' | 'sent' | 'code'} */ ('ask'));
  const [email, setEmail] = useState('');
  if (step === 'ask') return html`<${Ask} email=${email} setEmail=${setEmail} onSent=${() => setStep('sent')} onHave=${() => setStep('code')} />`;
  return html`<${Renew} to=${step === 'sent' ? email : null} next=${query.next} onBack=${() => setStep('ask')} />`;
}

/** @param {{email: string, setEmail: (text: string) => void, onSent: () => void, onHave: () => void}} props */
function Ask({ email, setEmail, onSent, onHave }) {
  const [missing, setMissing] = useState(false);
  const ask = useAction(async () => { await api.post('/user/forgot_password', { email: email.trim() }); onSent(); });
  const left = usePause(ask.error), fault = ask.error?.field('email') ?? null;
  const submit = async (/** @type {Event} */ event) => {
    event.preventDefault();
    const form = event.currentTarget;
    setMissing(!email.trim());
    focusFault(form);
    if (!email.trim() || left) return;
    await ask.run();
    focusFault(form);
  };
  return html`<${Door} title=${t('login.resetTitle')} lead=${t('login.resetLead')} onSubmit=${submit}>
    <${Field} label=${t('login.email')} type="email" name="email" autocomplete="email" inputmode="email" value=${email} hint=${t('login.resetHint')}
      error=${missing ? t('login.emailMissing') : faultText(fault)} onInput=${(/** @type {any} */ event) => { setEmail(event.currentTarget.value); setMissing(false); if (fault) ask.clear(); }} />
    ${!fault && html`<${WaitNotice} error=${ask.error} left=${left} />`}
    <div class="stack door-acts"><${ActButton} type="submit" block busy=${ask.busy} disabled=${left > 0}>${t('login.sendLetter')}</${ActButton}>
      <p class="small row between"><button class="link" type="button" onClick=${onHave}>${t('login.haveCode')}</button><a class="link" href="/login">${t('common.logIn')}</a></p></div>
  </${Door}>`;
}

/** @param {{to: string | null, next?: string, onBack: () => void}} props */
function Renew({ to, next, onBack }) {
  const { code, field } = useCode();
  const [password, setPassword] = useState('');
  const [own, setOwn] = useState(/** @type {{code?: string | null, password?: string | null}} */ ({}));
  const renew = useAction(async () => {
    await api.post('/user/reset_password', { token: code, password });
    // Every session has ended, this one too.
    if (user.value) await logOut().catch(() => {});
    await navigate(withQuery('/login', { next: next ? ownPath(next) : null, reset: 1 }), { replace: true });
  });
  const left = usePause(renew.error), told = renew.error?.field('password') ?? null;
  const codeFault = own.code ?? (renew.error && isCodeFault(renew.error) ? problemText(renew.error) : null);
  const wordFault = own.password ?? ruleText('password', told);
  const submit = async (/** @type {Event} */ event) => {
    event.preventDefault();
    const form = event.currentTarget;
    const found = { code: code ? null : t('login.codeMissing'), password: ruleText('password', passwordFault(password)) };
    setOwn(found);
    focusFault(form);
    if (found.code || found.password || left) return;
    await renew.run();
    focusFault(form);
  };
  return html`<${Door} title=${t('login.resetTitle')} lead=${t('login.renewLead')} onSubmit=${submit}>
    ${to && html`<${LetterSent} />`}
    <${CodeField} ...${field} error=${codeFault} />
    <${Field} label=${t('login.newPassword')} type="password" name="password" autocomplete="new-password" value=${password} hint=${t('login.passwordRule')}
      error=${wordFault} onInput=${(/** @type {any} */ event) => { setPassword(event.currentTarget.value); setOwn({ ...own, password: null }); if (told) renew.clear(); }} />
    ${!codeFault && !told && html`<${WaitNotice} error=${renew.error} left=${left} />`}
    <div class="stack door-acts"><${ActButton} type="submit" block busy=${renew.busy} disabled=${left > 0}>${t('login.setPassword')}</${ActButton}>
      <p class="small"><button class="link" type="button" onClick=${onBack}>${t('login.askAgain')}</button></p></div>
  </${Door}>`;
}
