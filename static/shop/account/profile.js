import { html, useState } from '../../lib/html.js';
import { api } from '../../lib/api.js';
import { t } from '../../lib/i18n.js';
import { useAction } from '../../lib/page.js';
import { user } from '../../lib/session.js';
import { date } from '../../lib/time.js';
import { toast } from '../../lib/toast.js';
import { ActButton, usePause } from '../../ui/act-button.js';
import { Field } from '../../ui/field.js';
import { focusFault } from '../../ui/focus.js';
import { WaitNotice } from '../door/wait.js';
import { AvatarPart } from './avatar.js';
import { Part } from './frame.js';

const MOST = 64;

/** Picture and name, as the shop shows them. */
export function ProfilePart() {
  const who = user.value;
  const [name, setName] = useState(who?.nick_name ?? '');
  const [empty, setEmpty] = useState(false);
  const save = useAction(async () => {
    const saved = user.value = await api.put('/user', { nick_name: name.trim() });
    setName(saved.nick_name);
    toast(t('account.saved'));
  });
  const left = usePause(save.error), fault = save.error?.field('nick_name') ?? null;
  const submit = async (/** @type {Event} */ event) => {
    event.preventDefault();
    const form = event.currentTarget;
    setEmpty(!name.trim());
    focusFault(form);
    if (!name.trim() || left) return;
    await save.run();
    focusFault(form);
  };
  if (!who) return null;
  return html`<${Part} id="profile" title=${t('account.profile')} text=${t('account.profileText')}>
    <${AvatarPart} />
    <form class="line-form" onSubmit=${submit} novalidate>
      <${Field} label=${t('account.nickname')} name="nickname" autocomplete="nickname" maxlength=${MOST} value=${name}
        error=${empty ? t('account.nicknameMissing') : fault} onInput=${(/** @type {any} */ event) => { setName(event.currentTarget.value); setEmpty(false); if (fault) save.clear(); }} />
      <${ActButton} type="submit" busy=${save.busy} disabled=${left > 0}>${t('common.save')}</${ActButton}>
    </form>
    ${!fault && html`<${WaitNotice} error=${save.error} left=${left} />`}
    <dl class="facts small"><div><dt>${t('login.userName')}</dt><dd>${who.user_name}</dd></div><div><dt>${t('account.since')}</dt><dd>${date(who.created_at)}</dd></div></dl>
  </${Part}>`;
}
