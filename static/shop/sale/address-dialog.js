import { html, useEffect, useState } from '../../lib/html.js';
import { t } from '../../lib/i18n.js';
import { asProblem } from '../../lib/problem.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { ProblemNotice } from '../../ui/notice.js';
import { AddressChoice } from '../addresses/card.js';
import { AddressForm } from '../addresses/form.js';

/** @typedef {import('../../types/api.js').Address} Address */

/**
 * Where a claimed unit goes: one of the address book, or a new one. `claims`: the visitor pressed the button without
 * having an address, so the press goes on once there is one.
 * @param {{store: import('./desk-store.js').Desk, claims: boolean, onClose: () => void}} props
 */
export function AddressDialog({ store, claims, onClose }) {
  const book = store.addresses.value ?? [];
  const [adding, setAdding] = useState(book.length === 0);
  const [error, setError] = useState(/** @type {import('../../lib/problem.js').Problem | null} */ (null));
  const load = (/** @type {number} */ prefer) => store.loadAddresses(prefer || undefined).catch((problem) => setError(asProblem(problem)));
  useEffect(() => { void load(0); }, []);
  const pick = (/** @type {number} */ id) => { store.chosen.value = id; };
  const saved = async (/** @type {Address} */ one) => {
    store.addresses.value = [one, ...book.filter(({ id }) => id !== one.id)];
    pick(one.id);
    onClose();
    if (claims) store.press();
    else await load(one.id);
  };
  return html`<${Dialog} title=${t('sale.addressTitle')} onClose=${onClose}>
    ${claims && html`<p class="muted">${t('sale.addressClaims')}</p>`}<${ProblemNotice} error=${error} />
    ${adding ? html`<${AddressForm} first=${book.length === 0} onSaved=${saved} onCancel=${book.length ? () => setAdding(false) : onClose} />`
      : html`<div role="radiogroup" aria-label=${t('common.addresses')}>${book.map((one) => html`<${AddressChoice} key=${one.id} name="address" address=${one} checked=${one.id === store.chosen.value} onPick=${() => pick(one.id)} />`)}</div>
        <div class="acts"><${Button} kind="line" onClick=${() => setAdding(true)}>${t('address.add')}</${Button}><${Button} onClick=${onClose}>${t('sale.addressUse')}</${Button}></div>`}
  </${Dialog}>`;
}
