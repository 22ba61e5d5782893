import { html, useEffect, useMemo, useRef, useState } from '../../lib/html.js';
import { api } from '../../lib/api.js';
import { countryOptions } from '../../lib/countries.js';
import { t } from '../../lib/i18n.js';
import { useAction } from '../../lib/page.js';
import { shop } from '../../lib/shop.js';
import { tab } from '../../lib/storage.js';
import { Button } from '../../ui/button.js';
import { Checkbox, Field, Select } from '../../ui/field.js';
import { ProblemNotice } from '../../ui/notice.js';
import { faultsOf } from './check.js';

/** @typedef {import('../../types/api.js').Address} Address */
/** @typedef {import('./check.js').Draft} Draft */

const KEPT = 'stampede_address_draft';

/** Whether an address was being written when the log-in ended. */
export const hasDraft = () => tab.get(KEPT) !== null;

/**
 * Makes an address, or changes one. What was typed outlives a log-in that ends meanwhile.
 * @param {{address?: Address | null, first?: boolean, onSaved: (saved: Address) => void, onCancel?: () => void, focus?: boolean}} props
 *   `first`: there is no other, so it becomes the default anyway
 */
export function AddressForm({ address = null, first, onSaved, onCancel, focus = true }) {
  const [draft, setDraft] = useState(() => begin(address));
  const [told, setTold] = useState(/** @type {import('./check.js').Faults} */ ({}));
  const countries = useMemo(() => countryOptions(), []), form = useRef(/** @type {HTMLFormElement | null} */ (null));
  const save = useAction(async () => {
    const { is_default, ...body } = draft, fields = is_default === (address?.is_default ?? false) ? body : draft;
    try {
      const saved = address ? await api.put('/address/{id}', fields, { params: { id: address.id } }) : await api.post('/address', fields);
      onSaved(saved);
    } catch (error) {
      if (/** @type {any} */ (error).status === 401 && !address) tab.set(KEPT, draft);
      throw error;
    }
  });
  const { error } = save;
  useEffect(() => { if (focus) form.current?.querySelector('input')?.focus(); }, []);
  useEffect(() => { tab.remove(KEPT); }, []);
  useEffect(() => { toFault(form.current); }, [error, told]);
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    const faults = faultsOf(draft);
    setTold(faults);
    if (!Object.keys(faults).length && !save.busy) void save.run();
  };
  const of = (/** @type {'name' | 'phone' | 'address' | 'postcode'} */ name) => ({ name, value: draft[name], required: name !== 'postcode',
    error: told[name] ? t(`address.${told[name]}`) : error?.field(name),
    onInput: (/** @type {any} */ event) => { setDraft({ ...draft, [name]: event.currentTarget.value }); setTold({ ...told, [name]: undefined }); } });
  const named = error?.errors.some(({ field }) => field in draft);
  return html`<form class="stack address-form" ref=${form} noValidate onSubmit=${submit} aria-label=${t(address ? 'address.editTitle' : 'address.newTitle')}>
    <div class="two-up"><${Field} label=${t('address.name')} maxlength="64" autocomplete="name" ...${of('name')} />
      <${Field} label=${t('address.phone')} type="tel" maxlength="32" autocomplete="tel" ...${of('phone')} /></div>
    <${Field} label=${t('address.address')} hint=${t('address.addressHint')} multiline maxlength="255" autocomplete="street-address" ...${of('address')} />
    <div class="two-up"><${Field} label=${t('address.postcode')} maxlength="16" autocomplete="postal-code" ...${of('postcode')} />
      <${Select} label=${t('address.country')} name="country" autocomplete="country" value=${draft.country} options=${countries} error=${error?.field('country')} onChange=${(/** @type {string} */ country) => setDraft({ ...draft, country })} /></div>
    ${!first && !address?.is_default && html`<${Checkbox} label=${t('address.makeDefault')} checked=${draft.is_default} onChange=${(/** @type {boolean} */ on) => setDraft({ ...draft, is_default: on })} />`}
    ${error && !named && html`<${ProblemNotice} error=${error} />`}
    <div class="row"><${Button} type="submit" busy=${save.busy}>${t('common.save')}</${Button}>
      ${onCancel && html`<${Button} kind="line" onClick=${onCancel}>${t('common.cancel')}</${Button}>`}</div>
  </form>`;
}

/** @param {Address | null} address @returns {Draft} */
function begin(address) {
  const from = address ?? tab.get(KEPT) ?? {};
  return { name: from.name ?? '', phone: from.phone ?? '', address: from.address ?? '', postcode: from.postcode ?? '', country: from.country ?? shop.country, is_default: from.is_default ?? false };
}

/** @param {HTMLElement | null} form */
function toFault(form) {
  const field = form?.querySelector('[aria-invalid="true"]');
  if (field instanceof HTMLElement) field.focus();
}
