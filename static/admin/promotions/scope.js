import { html } from '../../lib/html.js';
import { t } from '../../lib/i18n.js';
import { Checkbox, FieldError } from '../../ui/field.js';
import { Picture } from '../../ui/plate.js';
import { ProductPick } from '../product-pick.js';
import { shelfOptions } from '../products/shelf-options.js';

/** @typedef {import('../../types/api.js').Category} Category */
/** @typedef {import('../product-pick.js').Picked} Picked */

/**
 * The shelves that a promotion is for, with what stands below them.
 * @param {{shelves: Category[], chosen: number[] | null, fault?: string | null, onChange: (ids: number[] | null) => void}} props null: all
 */
export function ShelfScope({ shelves, chosen, fault, onChange }) {
  const toggle = (/** @type {number} */ id, /** @type {boolean} */ on) => onChange(on ? [...(chosen ?? []), id] : (chosen ?? []).filter((one) => one !== id));
  return html`<div class="stack tight"><${Checkbox} label=${t('adminPromotions.onlyShelves')} checked=${chosen !== null} onChange=${(/** @type {boolean} */ on) => onChange(on ? [] : null)} />
    ${chosen && html`<fieldset class="scope"><legend class="unseen">${t('adminPromotions.onlyShelves')}</legend>
      ${shelfOptions(shelves).map(({ value, label }) => html`<${Checkbox} key=${value} label=${label} checked=${chosen.includes(Number(value))} onChange=${(/** @type {boolean} */ on) => toggle(Number(value), on)} />`)}</fieldset>`}
    ${fault && html`<${FieldError} text=${fault} />`}</div>`;
}

/**
 * The products that it is for.
 * @param {{chosen: Picked[] | null, fault?: string | null, onChange: (goods: Picked[] | null) => void}} props null: all
 */
export function GoodsScope({ chosen, fault, onChange }) {
  const add = (/** @type {Picked | null} */ product) => { if (product && chosen && !chosen.some(({ id }) => id === product.id)) onChange([...chosen, product]); };
  return html`<div class="stack tight"><${Checkbox} label=${t('adminPromotions.onlyGoods')} checked=${chosen !== null} onChange=${(/** @type {boolean} */ on) => onChange(on ? [] : null)} />
    ${chosen && html`<div class="scope"><ul class="scope-goods">${chosen.map((product) => html`<li key=${product.id} class="picked">${product.cover ? html`<${Picture} class="thumb" image=${product.cover} sizes="2.5rem" />` : html`<span class="thumb none"></span>`}
        <span>${product.name}</span><button class="link tiny" type="button" aria-label=${t('adminPromotions.removeProduct', { name: product.name })} onClick=${() => onChange(chosen.filter((one) => one !== product))}>${t('common.remove')}</button></li>`)}</ul>
      <${ProductPick} value=${null} none=${t('adminPromotions.addProduct')} onChange=${add} /></div>`}
    ${fault && html`<${FieldError} text=${fault} />`}</div>`;
}
