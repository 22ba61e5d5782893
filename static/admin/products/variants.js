import { html } from '../../lib/html.js';
import { number, t } from '../../lib/i18n.js';
import { money } from '../../lib/money.js';
import { currencySymbol } from '../../lib/money-input.js';
import { Button } from '../../ui/button.js';
import { FieldError } from '../../ui/field.js';
import { Icon } from '../../ui/icon.js';
import { newVariant, withOption, withVariant, withoutOption } from './draft.js';
import { faultWords } from './fault-words.js';

/** @typedef {import('./draft.js').Draft} Draft */
/** @typedef {import('./draft.js').Variant} Variant */
/** @typedef {import('./faults.js').Faults} Faults */

/** What a variant is called: its options, else its number. @param {Draft} draft @param {Variant} variant */
export const variantName = (draft, variant) => variant.values.filter((value) => value.trim()).join(', ')
  || (draft.variants.length === 1 ? t('adminProducts.only') : t('adminProducts.variantN', { n: draft.variants.indexOf(variant) + 1 }));

/**
 * Options and SKUs as a table. Stock moves by *Adjust* alone.
 * @param {{draft: Draft, faults: Faults, lowest: Record<string, number>, onChange: (draft: Draft) => void, onAdjust: (variant: Variant) => void}} props
 */
export function Variants({ draft, faults, lowest, onChange, onAdjust }) {
  const add = () => onChange({ ...draft, variants: [...draft.variants, { ...newVariant(draft.options), price: draft.variants[draft.variants.length - 1]?.price ?? '' }] });
  const said = draft.variants.flatMap((variant) => Object.entries(faults).filter(([field]) => field.startsWith(`variant.${variant.key}.`)).map(([field, fault]) => ({ id: `say-${field}`, text: `${variantName(draft, variant)}: ${faultWords(fault)}` })));
  const hasNew = draft.variants.some((variant) => variant.id === null), hasSaved = draft.variants.some((variant) => variant.id !== null);
  return html`<section class="panel" aria-labelledby="variants"><header><h2 id="variants">${t('adminProducts.variants')}</h2>
      <button class="link tiny" type="button" onClick=${add}>${t('adminProducts.addVariant')}</button></header>
    <div class="in"><${Options} draft=${draft} faults=${faults} onChange=${onChange} />
      <div class="table-wrap"><table class="table sku"><thead><tr>${draft.options.map((name, i) => html`<th scope="col">${name.trim() || t('adminProducts.optionName', { n: i + 1 })}</th>`)}
        <th scope="col">${t('adminProducts.price')}</th><th scope="col">${t('adminProducts.reducedTo')}</th><th scope="col">${t('adminProducts.tax')}</th><th scope="col" class=${hasNew && !hasSaved ? undefined : 'end'}>${t(hasNew && !hasSaved ? 'adminProducts.opening' : 'adminProducts.stock')}</th>
        ${hasNew && html`<th><span class="unseen">${t('adminProducts.actions')}</span></th>`}</tr></thead>
      <tbody>${draft.variants.map((variant) => html`<${Row} key=${variant.key} draft=${draft} variant=${variant} faults=${faults} hasNew=${hasNew} lowest=${lowest[variant.key]} onChange=${onChange} onAdjust=${onAdjust} />`)}</tbody></table></div>
      <div class="sku-say">${said.map((one) => html`<${FieldError} id=${one.id} text=${one.text} />`)}<p class="hint">${t('adminProducts.taxHint')}</p>${hasSaved && html`<p class="hint">${t('adminProducts.staysHint')}</p>`}</div></div></section>`;
}

/** What tells the variants apart. @param {{draft: Draft, faults: Faults, onChange: (draft: Draft) => void}} props */
function Options({ draft, faults, onChange }) {
  const rename = (/** @type {number} */ at, /** @type {string} */ name) => onChange({ ...draft, options: draft.options.map((old, i) => (i === at ? name : old)) });
  return html`<div class="option-names"><span class="label">${t('adminProducts.options')}</span>
    ${draft.options.map((name, i) => html`<span class="option-name"><input class="input" value=${name} maxlength="64" aria-label=${t('adminProducts.optionName', { n: i + 1 })} placeholder=${t('adminProducts.optionHint')} aria-invalid=${faults[`option.${i}`] ? 'true' : undefined}
        aria-describedby=${faults[`option.${i}`] ? `say-option-${i}` : undefined} onInput=${(/** @type {any} */ event) => rename(i, event.currentTarget.value)} />
      <button class="icon-btn" type="button" aria-label=${t('adminProducts.removeOption', { name: name || String(i + 1) })} onClick=${() => onChange(withoutOption(draft, i))}><${Icon} name="x" /></button></span>`)}
    ${draft.options.length < 10 && html`<button class="link tiny" type="button" onClick=${() => onChange(withOption(draft))}>${t('adminProducts.addOption')}</button>`}
    ${draft.options.map((_, i) => faults[`option.${i}`] && html`<${FieldError} id=${`say-option-${i}`} text=${faultWords(faults[`option.${i}`])} />`)}</div>`;
}

/** @param {{draft: Draft, variant: Variant, faults: Faults, hasNew: boolean, lowest?: number, onChange: (draft: Draft) => void, onAdjust: (variant: Variant) => void}} props */
function Row({ draft, variant, faults, hasNew, lowest, onChange, onAdjust }) {
  const name = variantName(draft, variant), place = draft.variants.indexOf(variant) + 1;
  const set = (/** @type {Partial<Variant>} */ patch) => onChange(withVariant(draft, variant.key, patch));
  const field = (/** @type {string} */ which) => {
    const at = `variant.${variant.key}.${which}`;
    return faults[at] ? { 'aria-invalid': 'true', 'aria-describedby': `say-${at}` } : {};
  };
  const amount = (/** @type {'price' | 'reduced'} */ which, /** @type {string} */ label) => html`<div class="affix"><span>${currencySymbol()}</span><input class="input" inputmode="decimal" autocomplete="off" value=${variant[which]} placeholder=${which === 'reduced' ? '–' : ''}
    aria-label=${label} ...${field(which)} onInput=${(/** @type {any} */ event) => set({ [which]: event.currentTarget.value })} /></div>`;
  return html`<tr>${draft.options.map((option, i) => html`<td class="opt" data-label=${option}><input class="input" maxlength="128" value=${variant.values[i]} aria-label=${t('adminProducts.valueOf', { option: option || String(i + 1), n: place })} ...${field(`value.${i}`)}
      onInput=${(/** @type {any} */ event) => set({ values: variant.values.map((old, at) => (at === i ? event.currentTarget.value : old)) })} /></td>`)}
    <td data-label=${t('adminProducts.price')}>${amount('price', t('adminProducts.priceOf', { name }))}</td>
    <td data-label=${t('adminProducts.reducedTo')} title=${lowest === undefined ? undefined : t('adminProducts.lowest30', { price: money(lowest, { exact: true }) })}>${amount('reduced', t('adminProducts.reducedOf', { name }))}</td>
    <td data-label=${t('adminProducts.tax')}><input class="input rate" inputmode="decimal" autocomplete="off" value=${variant.tax} placeholder="–" aria-label=${t('adminProducts.taxOf', { name })} ...${field('tax')} onInput=${(/** @type {any} */ event) => set({ tax: event.currentTarget.value })} /></td>
    ${variant.id === null ? html`<td data-label=${t('adminProducts.opening')}><input class="input units" inputmode="numeric" autocomplete="off" value=${variant.num} aria-label=${t('adminProducts.openingOf', { name })} ...${field('num')} onInput=${(/** @type {any} */ event) => set({ num: event.currentTarget.value })} /></td>`
      : html`<td class="end" data-label=${t('adminProducts.stock')}><div class="row stock-now"><b class="num">${number(variant.stock)}</b><${Button} kind="soft" aria-label=${t('adminProducts.adjustOf', { name })} onClick=${() => onAdjust(variant)}>${t('adminProducts.adjust')}</${Button}></div></td>`}
    ${hasNew && html`<td class="end sku-remove">${variant.id === null && draft.variants.length > 1 && html`<button class="icon-btn" type="button" aria-label=${t('adminProducts.removeVariant', { name })}
      onClick=${() => onChange({ ...draft, variants: draft.variants.filter((one) => one !== variant) })}><${Icon} name="x" /></button>`}</td>`}</tr>`;
}
