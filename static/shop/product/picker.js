import { classes, html, useId } from '../../lib/html.js';
import { t } from '../../lib/i18n.js';
import { money, priceNow } from '../../lib/money.js';
import { optionName, optionNames, pick, valuesOf } from './choice.js';

/** @typedef {import('../../types/api.js').Sku} Sku */

/** One radio group for each option. @param {{skus: Sku[], sku: Sku, onPick: (sku: Sku) => void}} props */
export function SkuPicker({ skus, sku, onPick }) {
  const names = optionNames(skus);
  return names.map((name) => html`<${Group} key=${name} name=${name} skus=${skus} sku=${sku} onPick=${onPick} priced=${names.length === 1} />`);
}

/** @param {{name: string, skus: Sku[], sku: Sku, onPick: (sku: Sku) => void, priced: boolean}} props */
function Group({ name, skus, sku, onPick, priced }) {
  const id = useId();
  return html`<fieldset role="radiogroup" aria-labelledby=${id}>
    <div class="legend"><span class="label" id=${id}>${optionName(name)}</span><span class="muted">${sku.options[name]}</span></div>
    <div class="choices">${valuesOf(skus, name).map((value) => {
      const leads = pick(skus, sku, name, value), out = !leads || leads.num === 0;
      return html`<label class=${classes('choice', out && 'out')}><input type="radio" name=${id} value=${value} checked=${sku.options[name] === value} onChange=${() => leads && onPick(leads)} />
        <b>${value}</b>${out ? html`<small>${t('catalogue.soldOut')}</small>` : priced && html`<small>${money(priceNow(leads))}</small>`}</label>`;
    })}</div>
  </fieldset>`;
}
