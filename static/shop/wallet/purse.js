import { html, useState } from '../../lib/html.js';
import { api } from '../../lib/api.js';
import { t } from '../../lib/i18n.js';
import { money } from '../../lib/money.js';
import { useAction } from '../../lib/page.js';
import { ActButton, usePause } from '../../ui/act-button.js';
import { Button } from '../../ui/button.js';
import { problemText } from '../../ui/error.js';
import { Field } from '../../ui/field.js';
import { focusFault } from '../../ui/focus.js';
import { Icon } from '../../ui/icon.js';
import { WaitNotice } from '../door/wait.js';
import { pinFault } from '../account/rules.js';

/** @typedef {import('../../types/api.js').Balance} Balance */

/** The balance, behind the PIN. @param {{balance: Balance | null, onChange: (balance: Balance | null) => void}} props */
export function Purse({ balance, onChange }) {
  if (!balance) return html`<${Closed} onOpen=${onChange} />`;
  return html`<section class="purse"><div role="status"><span class="muted">${t('account.balance')}</span><b>${money(balance.balance, { currency: balance.currency, exact: true })}</b></div>
    <${Button} kind="line" onClick=${() => onChange(null)}><${Icon} name="eye-off" />${t('account.hide')}</${Button}></section>`;
}

/** @param {{onOpen: (balance: Balance) => void}} props */
function Closed({ onOpen }) {
  const [pin, setPin] = useState('');
  const [own, setOwn] = useState(/** @type {string | null} */ (null));
  const open = useAction(async () => { onOpen(await api.post('/money', { key: pin })); });
  const left = usePause(open.error), { error } = open;
  const refused = own ?? (error?.code === 'bad_pin' ? t('account.badPin') : error?.field('key') ? problemText(error) : null);
  const submit = async (/** @type {Event} */ event) => {
    event.preventDefault();
    const form = event.currentTarget;
    // A PIN of another length is none, and asking would count as a wrong try.
    const found = !pin ? t('account.pinMissing') : pinFault(pin) ? t('account.badPin') : null;
    setOwn(found);
    focusFault(form);
    if (found || left) return;
    await open.run();
    focusFault(form);
  };
  return html`<section class="purse closed"><div><span class="muted">${t('account.balance')}</span><b aria-hidden="true">••••••</b><span class="unseen">${t('account.closed')}</span></div>
    <form class="line-form" onSubmit=${submit} novalidate>
      <${Field} label=${t('login.pin')} type="password" name="pin" class="pin" autocomplete="off" alert value=${pin} error=${refused} aside=${html`<a class="link small" href="/account#pin">${t('login.forgotten')}</a>`}
        onInput=${(/** @type {any} */ event) => { setPin(event.currentTarget.value); setOwn(null); if (refused) open.clear(); }} />
      <${ActButton} type="submit" busy=${open.busy} disabled=${left > 0}>${t('account.showBalance')}</${ActButton}>
    </form>
    ${!refused && error && html`<div class="purse-say"><${WaitNotice} error=${error} left=${left} /></div>`}</section>`;
}
