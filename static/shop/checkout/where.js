import { html, useEffect, useState } from '../../lib/html.js';
import { t } from '../../lib/i18n.js';
import { AddressChoice } from '../addresses/card.js';
import { AddressForm, hasDraft } from '../addresses/form.js';

/** @typedef {import('../../types/api.js').Address} Address */

/**
 * The address book to choose from; a new address is written on the spot.
 * @param {{addresses: Address[], chosen: number | null, onPick: (id: number) => void, onSaved: (saved: Address) => void, onWriting: (on: boolean) => void,
 *   locked: boolean}} props `locked`: an order is on its way, or may be
 */
export function Where({ addresses, chosen, onPick, onSaved, onWriting, locked }) {
  const [writing, setWriting] = useState(/** @type {Address | 'new' | null} */ (hasDraft() ? 'new' : null));
  const none = !addresses.length, open = none ? 'new' : writing;
  useEffect(() => { onWriting(open !== null); }, [open !== null]);
  const saved = (/** @type {Address} */ address) => { setWriting(null); onSaved(address); };
  return html`<div class="stack"><div class="step-head"><h2>${t('checkout.where')}</h2>
      ${!open && html`<button class="link small" type="button" disabled=${locked} onClick=${() => setWriting('new')}>${t('address.add')}</button>`}</div>
    ${none && html`<p class="muted">${t('checkout.noAddress')}</p>`}
    ${!none && html`<div role="radiogroup" aria-label=${t('checkout.where')}>${addresses.map((address) => html`<${AddressChoice} key=${address.id} name="address" address=${address}
      checked=${address.id === chosen} disabled=${locked} onPick=${() => onPick(address.id)} onEdit=${open ? undefined : () => setWriting(address)} />`)}</div>`}
    ${open && html`<${AddressForm} key=${open === 'new' ? 0 : open.id} address=${open === 'new' ? null : open} first=${none} focus=${!none || hasDraft()}
      onSaved=${saved} onCancel=${none ? undefined : () => setWriting(null)} />`}</div>`;
}
