import { html, useState } from '../lib/html.js';
import { api } from '../lib/api.js';
import { t } from '../lib/i18n.js';
import { usePage } from '../lib/page.js';
import { user } from '../lib/session.js';
import { ActButton } from '../ui/act-button.js';
import { Button } from '../ui/button.js';
import { Empty } from '../ui/empty.js';
import { WaitNotice } from './door/wait.js';
import { CodeField, MailboxLink, useCodeForm } from './account/code.js';
import { Door } from './door/door.js';

/** Takes the code of a letter: it binds an address, unbinds it, or sets the new password. @type {import('../lib/router.js').Page} */
export default function VerifyEmail() {
  usePage({ title: t('login.verifyTitle') });
  const [done, setDone] = useState(/** @type {string | null} */ (null));
  const form = useCodeForm(async (code) => {
    const before = user.value?.email ?? null;
    const now = user.value = await api.post('/user/valid_email', { token: code });
    setDone(now.email && now.email !== before ? t('account.emailBound', { email: now.email }) : before && !now.email ? t('account.emailUnbound') : t('login.codeTaken'));
  });
  if (done) {
    return html`<div class="wrap waiting"><div role="status"><${Empty} page title=${t('login.verifyDone')} text=${done}><${Button} href="/account#email">${t('login.toAccount')}</${Button}></${Empty}></div></div>`;
  }
  return html`<${Door} title=${t('login.verifyTitle')} lead=${t('login.verifyLead')} onSubmit=${form.submit}>
    <${CodeField} ...${form.field} />
    <${WaitNotice} error=${form.waits} left=${form.left} />
    <div class="stack door-acts"><${ActButton} type="submit" block busy=${form.busy} disabled=${form.left > 0}>${t('login.verify')}</${ActButton}>
      <p class="small row between"><a class="link" href="/account#email">${t('login.askAgain')}</a><${MailboxLink} /></p></div>
  </${Door}>`;
}
