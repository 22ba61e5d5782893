import { html, useMemo, useRef, useState } from '../../lib/html.js';
import { countryName, countryOptions } from '../../lib/countries.js';
import { t } from '../../lib/i18n.js';
import { shop } from '../../lib/shop.js';
import { Button } from '../../ui/button.js';
import { Checkbox, FieldError, Select } from '../../ui/field.js';

/**
 * The countries that a method serves: all, or those that are added one by one.
 * @param {{chosen: string[] | null, fault?: string | null, onChange: (codes: string[] | null) => void}} props
 */
export function Countries({ chosen, fault, onChange }) {
  const all = useMemo(() => countryOptions(), []), [next, setNext] = useState(''), box = useRef(/** @type {HTMLElement | null} */ (null));
  // The button that was pressed may be gone or at rest now.
  const focus = () => box.current?.querySelector('select')?.focus();
  const remove = (/** @type {string} */ code) => { onChange((chosen ?? []).filter((one) => one !== code)); focus(); };
  const add = () => {
    if (next && chosen && !chosen.includes(next)) onChange([...chosen, next]);
    setNext('');
    focus();
  };
  return html`<div class="stack tight" ref=${box}><${Checkbox} label=${t('adminDelivery.onlySome')} checked=${chosen !== null} onChange=${(/** @type {boolean} */ on) => onChange(on ? [shop.country] : null)} />
    ${chosen && html`<ul class="country-list" aria-label=${t('adminDelivery.countries')}>${chosen.map((code) => html`<li key=${code}>${countryName(code)}
        <button class="link tiny" type="button" aria-label=${t('adminDelivery.removeCountry', { country: countryName(code) })} onClick=${() => remove(code)}>${t('common.remove')}</button></li>`)}</ul>
      <div class="country-add"><${Select} label=${t('adminDelivery.country')} value=${next} options=${[{ value: '', label: t('adminDelivery.chooseCountry') }, ...all]} onChange=${setNext} error=${fault} />
        <${Button} kind="line" onClick=${add}>${t('adminDelivery.addCountry')}</${Button}></div>`}
    ${fault && !chosen && html`<${FieldError} text=${fault} />`}</div>`;
}
