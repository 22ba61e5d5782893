import { html, useState } from '../lib/html.js';
import { t } from '../lib/i18n.js';
import { ownPath } from '../lib/match.js';
import { useAction, usePage } from '../lib/page.js';
import { logIn, sessionEnded, user } from '../lib/session.js';
import { shop } from '../lib/shop.js';
import { ActButton, usePause } from '../ui/act-button.js';
import { Button } from '../ui/button.js';
import { Field } from '../ui/field.js';
import { Notice } from '../ui/notice.js';
import { WaitNotice } from './door/wait.js';
import { DemoLogIns, Door, door, leadOf, useWayOn } from './door/door.js';

/** @type {import('../lib/router.js').Page} */
export default function LogIn({ query }) {
  usePage({ title: t('common.logIn') });
  const next = ownPath(query.next);
  const [name, setName] = useState(''), [password, setPassword] = useState('');
  const [empty, setEmpty] = useState(/** @type {'name' | 'password' | null} */ (null));
  const attempt = useAction(async () => { await logIn(name, password); });
  const left = usePause(attempt.error);
  useWayOn(query.next);

  const submit = async (/** @type {any} */ event) => {
    event.preventDefault();
    const form = event.currentTarget;
    const missing = !name.trim() ? 'name' : !password ? 'password' : null;
    setEmpty(missing);
    if (missing) return void form.elements.namedItem(missing === 'name' ? 'username' : 'password').focus();
    if (left) return;
    await attempt.run();
    if (!user.value) form.elements.namedItem('password').select();
  };
  const fill = (/** @type {string} */ who, /** @type {string} */ word) => {
    setName(who); setPassword(word); setEmpty(null); attempt.clear();
    document.getElementById('log-in')?.focus();
  };
  const mismatch = attempt.error?.code === 'bad_credentials';
  const forgotten = html`<a class="link small" href=${door('/reset-password', query)}>${t('login.forgotten')}</a>`;

  return html`<${Door} title=${t('common.logIn')} lead=${leadOf(next)} next=${next} onSubmit=${submit}>
    ${query.admin && html`<${Notice} kind="warn">${t('common.notAdmin')}</${Notice}>`}
    ${sessionEnded.value && html`<${Notice} kind="warn">${t('common.sessionEnded')}</${Notice}>`}
    ${query.reset && html`<${Notice} kind="good">${t('login.resetDone')}</${Notice}>`}
    <${Field} label=${t('login.userName')} name="username" autocomplete="username" autocapitalize="none" spellcheck="false" value=${name}
      error=${empty === 'name' ? t('login.nameMissing') : null} onInput=${(/** @type {any} */ event) => setName(event.currentTarget.value)} />
    <${Field} label=${t('login.password')} type="password" name="password" autocomplete="current-password" value=${password} aside=${forgotten} alert
      error=${empty === 'password' ? t('login.passwordMissing') : mismatch ? t('login.mismatch') : null}
      onInput=${(/** @type {any} */ event) => { setPassword(event.currentTarget.value); if (mismatch) attempt.clear(); }} />
    ${!mismatch && html`<${WaitNotice} error=${attempt.error} left=${left} />`}
    <div class="stack door-acts"><${ActButton} id="log-in" type="submit" block busy=${attempt.busy} disabled=${left > 0}>${t('common.logIn')}</${ActButton}>
      <${Button} kind="line" block href=${door('/register', query)}>${t('common.join')}</${Button}></div>
    ${shop.demo && html`<${DemoLogIns} onFill=${fill} />`}
  </${Door}>`;
}
