import { html } from '../../lib/html.js';
import { t } from '../../lib/i18n.js';
import { usePage } from '../../lib/page.js';
import { isAdmin, user } from '../../lib/session.js';
import { Button } from '../../ui/button.js';
import { Icon } from '../../ui/icon.js';
import { AppearanceSwitch, LanguageSwitch } from '../footer.js';
import { EmailPart } from './email.js';
import { AccountFrame, leave, leaving, Part } from './frame.js';
import { Overview } from './overview.js';
import { PasswordPart } from './password.js';
import { ProfilePart } from './profile.js';

/** @param {number} hour */
const greeting = (hour) => (hour < 5 || hour >= 18 ? 'account.goodEvening' : hour < 12 ? 'account.goodMorning' : 'account.goodAfternoon');

/** @type {import('../../lib/router.js').Page} */
export default function Account() {
  usePage({ title: t('common.account') });
  const name = user.value?.nick_name || user.value?.user_name || '';
  return html`<${AccountFrame} at="profile" title=${t(greeting(new Date().getHours()), { name })}>
    <${Overview} /><${ProfilePart} /><${EmailPart} /><${PasswordPart} /><${DevicePart} />
  </${AccountFrame}>`;
}

/** What the phone has no other place for. */
function DevicePart() {
  return html`<div class="device-part"><${Part} id="device" title=${t('account.thisDevice')}>
    <div class="stack"><div class="row between"><span>${t('common.language')}</span><${LanguageSwitch} path="/account" /></div>
      <div class="row between"><span>${t('common.appearance')}</span><${AppearanceSwitch} /></div>
      ${isAdmin.value && html`<a class="btn line block" href="/admin">${t('common.console')}</a>`}
      <${Button} kind="line" block busy=${leaving.value} onClick=${leave}><${Icon} name="log-out" />${t('common.logOut')}</${Button}></div>
  </${Part}></div>`;
}
