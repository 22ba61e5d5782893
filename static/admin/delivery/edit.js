import { html, useEffect, useRef, useState } from '../../lib/html.js';
import { api } from '../../lib/api.js';
import { t } from '../../lib/i18n.js';
import { currencySymbol, moneyInput, parseMoney } from '../../lib/money-input.js';
import { useAction } from '../../lib/page.js';
import { toast } from '../../lib/toast.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { Checkbox, Field, faultText } from '../../ui/field.js';
import { ProblemNotice } from '../../ui/notice.js';
import { Countries } from './countries.js';
import { readForm, typedOf } from './form.js';

/** @typedef {import('../../types/api.js').DeliveryMethod} Method */
/** @typedef {import('./form.js').Name} Name */
/** @typedef {import('./form.js').Typed} Typed */

/** What the API calls the fields of the form. @type {Record<Name, string>} */
const FIELDS = { name: 'name', price: 'price', freeFrom: 'free_from', countries: 'countries' };

/** A new method, or one that is changed. @param {{method: Method | null, onClose: () => void, onSaved: (method: Method) => void}} props */
export function MethodDialog({ method, onClose, onSaved }) {
  const [typed, setTyped] = useState(() => typedOf(method, moneyInput)), [tried, setTried] = useState(false);
  const form = useRef(/** @type {HTMLFormElement | null} */ (null)), { faults, wanted } = readForm(typed, parseMoney);
  const save = useAction(async () => {
    if (!wanted) return;
    const saved = method ? await api.put('/admin/delivery_methods/{id}', wanted, { params: { id: method.id } }) : await api.post('/admin/delivery_methods', wanted);
    toast(t(method ? 'adminDelivery.changed' : 'adminDelivery.added', { name: saved.name }));
    onSaved(saved);
  });
  const { error } = save, fault = (/** @type {Name} */ name) => (tried && faults[name] ? t(`adminDelivery.${faults[name]}`) : faultText(error?.field(FIELDS[name])));
  const set = (/** @type {Partial<Typed>} */ patch) => { save.clear(); setTyped((old) => ({ ...old, ...patch })); };
  const toFault = () => { const wrong = form.current?.querySelector('[aria-invalid="true"]'); if (wrong instanceof HTMLElement) wrong.focus(); };
  useEffect(() => { if (error) toFault(); }, [error]);
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    setTried(true);
    if (wanted) return void save.run();
    requestAnimationFrame(toFault);
  };
  const field = (/** @type {'name' | 'price' | 'freeFrom'} */ name) => ({ value: typed[name], error: fault(name), autocomplete: 'off', onInput: (/** @type {any} */ event) => set({ [name]: event.currentTarget.value }) });
  const named = Object.values(FIELDS).some((name) => error?.field(name));
  return html`<${Dialog} title=${method ? t('adminDelivery.editNamed', { name: method.name }) : t('adminDelivery.newTitle')} onClose=${onClose}><form class="stack" ref=${form} noValidate onSubmit=${submit}>
    <${Field} label=${t('adminDelivery.name')} hint=${t('adminDelivery.nameHint')} maxlength="64" autofocus ...${field('name')} />
    <div class="two-up"><${Field} label=${t('adminDelivery.price')} affix=${currencySymbol()} inputmode="decimal" hint=${t('adminDelivery.priceHint')} ...${field('price')} />
      <${Field} label=${t('adminDelivery.freeFrom')} affix=${currencySymbol()} inputmode="decimal" hint=${t('adminDelivery.freeFromHint')} ...${field('freeFrom')} /></div>
    <${Countries} chosen=${typed.countries} fault=${fault('countries')} onChange=${(/** @type {string[] | null} */ countries) => set({ countries })} />
    <${Checkbox} label=${t('adminDelivery.enabled')} checked=${typed.enabled} onChange=${(/** @type {boolean} */ enabled) => set({ enabled })} />
    <p class="hint">${t('adminDelivery.keepsOld')}</p>
    ${error && !named && html`<${ProblemNotice} error=${error} />`}
    <div class="acts"><${Button} kind="line" onClick=${onClose}>${t('common.cancel')}</${Button}><${Button} type="submit" busy=${save.busy}>${t('common.save')}</${Button}></div></form></${Dialog}>`;
}
