import { html, useId, useState, useStatePer } from '../../lib/html.js';
import { number, t } from '../../lib/i18n.js';
import { currencySymbol, moneyInput, parseMoney } from '../../lib/money-input.js';
import { breakable } from '../../lib/rich.js';
import { Checkbox, FieldError } from '../../ui/field.js';
import { categories } from '../shelves.js';
import { range } from './criteria.js';
import { bars } from './histogram.js';
import { shelfRows } from './tree.js';

/** @typedef {import('./criteria.js').Criteria} Criteria */
/** @typedef {import('./results.js').Choices} Choices */
/** @typedef {{criteria: Criteria, choices: Choices | undefined, inStock: number | null, onChange: (patch: Partial<Criteria>) => void}} FilterProps */

/** The filters, each acting at once. @param {FilterProps} props */
export function Filters({ criteria, choices, inStock, onChange }) {
  return html`<div class="filter-set">
    <${Shelves} criteria=${criteria} counts=${choices?.categories ?? null} onChange=${onChange} />
    <${Prices} criteria=${criteria} ranges=${choices?.prices ?? []} onChange=${onChange} />
    <fieldset><legend class="unseen">${t('list.availability')}</legend>
      <${Checkbox} label=${t('list.inStock')} checked=${criteria.inStock} end=${inStock === null ? undefined : number(inStock)}
        onChange=${(/** @type {boolean} */ on) => onChange({ inStock: on })} /></fieldset>
  </div>`;
}

/** One shelf at a time; a second press leaves it for the one above. @param {{criteria: Criteria, counts: Choices['categories'], onChange: FilterProps['onChange']}} props */
function Shelves({ criteria, counts, onChange }) {
  const rows = shelfRows(categories.value, criteria.category, counts);
  if (!rows.length) return null;
  return html`<fieldset><legend>${t('list.category')}</legend>${rows.map(({ category, depth, count }) => {
    const here = category.id === criteria.category;
    const press = () => onChange({ category: here ? category.parent_id ?? null : category.id });
    return html`<div key=${category.id} style=${{ '--depth': Math.min(depth, 4) }}><${Checkbox} label=${breakable(category.name)} checked=${here} onChange=${press}
      end=${count === null ? undefined : number(count)} /></div>`;
  })}</fieldset>`;
}

/** @param {{criteria: Criteria, ranges: Choices['prices'], onChange: FilterProps['onChange']}} props */
function Prices({ criteria, ranges, onChange }) {
  const drawn = bars(ranges, criteria), id = useId();
  const [wrong, setWrong] = useState(/** @type {'min' | 'max' | null} */ (null));
  const commit = (/** @type {'min' | 'max'} */ end, /** @type {string} */ text) => {
    const amount = text.trim() ? parseMoney(text) : null;
    const refused = text.trim() !== '' && amount === null;
    setWrong(refused ? end : null);
    if (refused) return;
    onChange(end === 'min' ? range(amount, criteria.max) : range(criteria.min, amount));
  };
  return html`<fieldset aria-describedby=${wrong ? id : undefined}><legend>${t('list.price')}</legend>
    ${drawn.length > 0 && html`<div class="bars" aria-hidden="true">${drawn.map((bar) => html`<i class=${bar.inside ? 'in' : ''} style=${{ height: `${Math.max(bar.height * 100, 4)}%` }}></i>`)}</div>`}
    <div class="pair"><${Amount} label=${t('list.from')} value=${criteria.min} wrong=${wrong === 'min'} onCommit=${(/** @type {string} */ text) => commit('min', text)} />
      <${Amount} label=${t('list.to')} value=${criteria.max} wrong=${wrong === 'max'} onCommit=${(/** @type {string} */ text) => commit('max', text)} /></div>
    ${wrong && html`<${FieldError} id=${id} text=${t('list.noAmount')} />`}</fieldset>`;
}

/** @param {{label: string, value: number | null, wrong: boolean, onCommit: (text: string) => void}} props */
function Amount({ label, value, wrong, onCommit }) {
  const shown = value === null ? '' : moneyInput(value).replace(/\.0+$/, '');
  const [text, setText] = useStatePer(shown, shown);
  const commit = () => { if (text.trim() !== shown) onCommit(text); };
  const key = (/** @type {KeyboardEvent} */ event) => { if (event.key === 'Enter' && !event.isComposing) { event.preventDefault(); commit(); } };
  return html`<label class="affix"><span>${currencySymbol()}</span><input class="input" inputmode="decimal" autocomplete="off" maxlength="20" aria-label=${label} aria-invalid=${wrong ? 'true' : undefined} placeholder=${label}
    value=${text} onInput=${(/** @type {any} */ event) => setText(event.currentTarget.value)} onBlur=${commit} onKeyDown=${key} /></label>`;
}
