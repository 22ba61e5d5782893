import { classes, html } from '../../lib/html.js';
import { placeLine } from '../../lib/countries.js';
import { t } from '../../lib/i18n.js';
import { Tag } from '../../ui/tag.js';

/** @typedef {import('../../types/api.js').Address} Address */

/** Name, address, postcode and country, phone. @param {{address: Address | import('../../types/api.js').OrderAddress, mark?: boolean}} props `mark`: tells which is the default */
export function AddressText({ address, mark }) {
  const place = placeLine(address), isDefault = mark && 'is_default' in address && address.is_default;
  return html`<span class="address-text"><b>${address.name}</b>${isDefault ? html` <${Tag} kind="line">${t('address.isDefault')}</${Tag}>` : null}
    <span class="muted small">${address.address}</span>${place && html`<span class="muted small">${place}</span>`}<span class="muted small">${address.phone}</span></span>`;
}

/**
 * One of several to choose from; a radio whose row is the label. `onEdit` adds a button beside it.
 * @param {{address: Address, name: string, checked: boolean, onPick: () => void, onEdit?: () => void, disabled?: boolean}} props `name` of the radio group
 */
export function AddressChoice({ address, name, checked, onPick, onEdit, disabled }) {
  return html`<div class="address-row"><label class="address"><span class="check"><input type="radio" name=${name} checked=${checked} disabled=${disabled} onChange=${onPick} /></span>
    <${AddressText} address=${address} mark /></label>
    ${onEdit && html`<button class="link small" type="button" disabled=${disabled} aria-label=${t('address.editNamed', { name: address.name })} onClick=${onEdit}>${t('common.edit')}</button>`}</div>`;
}

/** One of the address book, with what can be done to it. @param {{address: Address, class?: string, children?: any}} props */
export const AddressCard = ({ address, class: extra, children }) =>
  html`<div class=${classes('address', 'still', extra)}><${AddressText} address=${address} mark />${children}</div>`;
