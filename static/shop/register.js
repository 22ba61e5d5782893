import { html, useRef, useState } from '../lib/html.js';
import { api } from '../lib/api.js';
import { t } from '../lib/i18n.js';
import { ownPath } from '../lib/match.js';
import { useAction, usePage } from '../lib/page.js';
import { Problem } from '../lib/problem.js';
import { logIn } from '../lib/session.js';
import { shop } from '../lib/shop.js';
import { ActButton, usePause } from '../ui/act-button.js';
import { Field } from '../ui/field.js';
import { Notice } from '../ui/notice.js';
import { focusFault } from '../ui/focus.js';
import { WaitNotice } from './door/wait.js';
import { passwordFault, pinFault, userNameFault } from './account/rules.js';
import { ruleText } from './account/words.js';
import { Door, door, leadOf, useWayOn } from './door/door.js';

/** @typedef {{user_name: string, password: string, key: string}} Form */
/** @typedef {Partial<Record<keyof Form, string | null | undefined>>} Faults */

/** @param {Form} form @returns {Faults} */
const faultsOf = ({ user_name, password, key }) => ({ user_name: ruleText('user_name', userNameFault(user_name)),
  password: ruleText('password', passwordFault(password, user_name)), key: ruleText('pin', pinFault(key)) });

/** What the shop found. @param {Problem | null} error @returns {Faults} */
function toldFaults(error) {
  if (!error) return {};
  return { user_name: error.code === 'user_name_taken' ? t('login.nameTaken') : ruleText('user_name', error.field('user_name')),
    password: ruleText('password', error.field('password')), key: ruleText('pin', error.field('key')) };
}

/** @type {import('../lib/router.js').Page} */
export default function Join({ query }) {
  usePage({ title: t('common.join') });
  const next = ownPath(query.next);
  const [form, setForm] = useState(/** @type {Form} */ ({ user_name: '', password: '', key: '' }));
  const [own, setOwn] = useState(/** @type {Faults} */ ({}));
  /** The name that may have been made by a press whose answer was lost. */
  const perhaps = useRef('');
  useWayOn(query.next);

  const join = useAction(async () => {
    try {
      await api.post('/user/register', { ...form, user_name: form.user_name.trim() });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      const mine = error.code === 'user_name_taken' && perhaps.current === form.user_name;
      if (error.unknownOutcome) perhaps.current = form.user_name;
      if (!mine) throw error;
    }
    perhaps.current = form.user_name;
    await logIn(form.user_name.trim(), form.password);
  });
  const left = usePause(join.error);
  const told = toldFaults(join.error), shown = Object.values(told).some(Boolean);
  const faults = { ...told, ...Object.fromEntries(Object.entries(own).filter(([, text]) => text)) };

  const submit = async (/** @type {Event} */ event) => {
    event.preventDefault();
    const target = event.currentTarget;
    const found = faultsOf(form);
    setOwn(found);
    focusFault(target);
    if (Object.values(found).some(Boolean) || left) return;
    await join.run();
    focusFault(target);
  };
  const set = (/** @type {keyof Form} */ name) => (/** @type {any} */ event) => {
    setForm({ ...form, [name]: event.currentTarget.value });
    if (faults[name]) { setOwn({ ...own, [name]: null }); join.clear(); }
  };
  /** A rule is told as soon as a field is left, and goes while it is being mended. */
  const check = (/** @type {keyof Form} */ name) => () => { if (form[name]) setOwn({ ...own, [name]: faultsOf(form)[name] }); };
  const field = (/** @type {keyof Form} */ name) => ({ value: form[name], error: faults[name], onInput: set(name), onBlur: check(name) });

  return html`<${Door} title=${t('common.join')} lead=${leadOf(next) ?? t('login.joinLead')} next=${next} onSubmit=${submit}>
    <${Field} label=${t('login.userName')} name="username" autocomplete="username" autocapitalize="none" spellcheck="false" hint=${t('login.nameRule')} ...${field('user_name')} />
    <${Field} label=${t('login.password')} type="password" name="password" autocomplete="new-password" hint=${t('login.passwordRule')} ...${field('password')} />
    <${Field} label=${t('login.pin')} type="password" name="pin" class="pin" autocomplete="off" hint=${t('login.pinRule')} ...${field('key')} />
    ${!shown && html`<${WaitNotice} error=${join.error} left=${left} />`}
    <div class="stack door-acts"><${ActButton} type="submit" block busy=${join.busy} disabled=${left > 0}>${t('common.join')}</${ActButton}>
      <p class="small">${t('login.haveOne')} <a class="link" href=${door('/login', query)}>${t('common.logIn')}</a></p></div>
    ${shop.demo && html`<${Notice}>${t('login.demoJoin')}</${Notice}>`}
  </${Door}>`;
}
