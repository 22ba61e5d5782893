import { html, useState } from '../../lib/html.js';
import { api } from '../../lib/api.js';
import { t } from '../../lib/i18n.js';
import { useAction } from '../../lib/page.js';
import { user } from '../../lib/session.js';
import { toast } from '../../lib/toast.js';
import { ActButton, usePause } from '../../ui/act-button.js';
import { problemText } from '../../ui/error.js';
import { Field } from '../../ui/field.js';
import { focusFault } from '../../ui/focus.js';
import { WaitNotice } from '../door/wait.js';
import { Part } from './frame.js';
import { passwordFault, pinFault } from './rules.js';
import { ruleText } from './words.js';

export function PasswordPart() {
  return html`<${Part} id="password" title=${t('account.passwordAndPin')}><div class="secrets"><${PasswordForm} /><${PinForm} /></div></${Part}>`;
}

/**
 * Two secrets: the present one proves who asks, the other is new.
 * @param {{ask: (proof: string, fresh: string) => Promise<void>, rule: (fresh: string) => string | null | undefined, told: (error: import('../../lib/problem.js').Problem) => string | null | undefined, done: string}} options
 */
function useSecretForm({ ask, rule, told, done }) {
  const [proof, setProof] = useState(''), [fresh, setFresh] = useState('');
  const [own, setOwn] = useState(/** @type {{proof?: string | null, fresh?: string | null}} */ ({}));
  const save = useAction(async () => {
    await ask(proof, fresh);
    setProof('');
    setFresh('');
    toast(done);
  });
  const left = usePause(save.error), { error } = save;
  const refused = error?.code === 'bad_password' ? problemText(error) : null, broken = error && told(error);
  const submit = async (/** @type {Event} */ event) => {
    event.preventDefault();
    const form = event.currentTarget, found = { proof: proof ? null : t('login.passwordMissing'), fresh: rule(fresh) };
    setOwn(found);
    focusFault(form);
    if (found.proof || found.fresh || left) return;
    await save.run();
    focusFault(form);
  };
  const input = (/** @type {(text: string) => void} */ set, /** @type {'proof' | 'fresh'} */ name) => (/** @type {any} */ event) => {
    set(event.currentTarget.value);
    setOwn({ ...own, [name]: null });
    if (refused || broken) save.clear();
  };
  return { submit, busy: save.busy, left, wait: !refused && !broken && html`<${WaitNotice} error=${error} left=${left} />`,
    proof: { value: proof, error: own.proof ?? refused, onInput: input(setProof, 'proof') }, fresh: { value: fresh, error: own.fresh ?? broken, onInput: input(setFresh, 'fresh') } };
}

function PasswordForm() {
  const name = user.value?.user_name ?? '';
  const form = useSecretForm({ ask: (old, fresh) => api.put('/user/password', { old, new: fresh }), rule: (fresh) => ruleText('password', passwordFault(fresh, name)),
    told: (error) => ruleText('password', error.field('new') ?? error.field('password')), done: t('account.passwordChanged') });
  return html`<form class="stack secret" onSubmit=${form.submit} novalidate aria-labelledby="change-password"><h3 class="h-small" id="change-password">${t('login.password')}</h3>
    <p class="small muted">${t('account.passwordText')}</p>
    <input class="unseen" type="text" name="username" autocomplete="username" value=${name} readonly tabindex="-1" aria-hidden="true" />
    <${Field} label=${t('account.oldPassword')} type="password" name="old-password" autocomplete="current-password" aside=${html`<a class="link small" href="/reset-password">${t('login.forgotten')}</a>`} ...${form.proof} />
    <${Field} label=${t('login.newPassword')} type="password" name="new-password" autocomplete="new-password" hint=${t('login.passwordRule')} ...${form.fresh} />
    ${form.wait}<div><${ActButton} type="submit" kind="line" busy=${form.busy} disabled=${form.left > 0}>${t('account.changePassword')}</${ActButton}></div></form>`;
}

function PinForm() {
  const form = useSecretForm({ ask: (password, key) => api.put('/money/key', { password, key }), rule: (pin) => ruleText('pin', pinFault(pin)),
    told: (error) => ruleText('pin', error.field('key')), done: t('account.pinChanged') });
  return html`<form class="stack secret" id="pin" onSubmit=${form.submit} novalidate aria-labelledby="change-pin"><h3 class="h-small" id="change-pin">${t('login.pin')}</h3>
    <p class="small muted">${t('account.pinText')}</p>
    <input class="unseen" type="text" name="username" autocomplete="username" value=${user.value?.user_name ?? ''} readonly tabindex="-1" aria-hidden="true" />
    <${Field} label=${t('account.yourPassword')} type="password" name="password" autocomplete="current-password" ...${form.proof} />
    <${Field} label=${t('account.newPin')} type="password" name="pin" class="pin" autocomplete="off" hint=${t('account.pinRule')} ...${form.fresh} />
    ${form.wait}<div><${ActButton} type="submit" kind="line" busy=${form.busy} disabled=${form.left > 0}>${t('account.changePin')}</${ActButton}></div></form>`;
}
