import { html } from '../../lib/html.js';
import { t } from '../../lib/i18n.js';
import { money } from '../../lib/money.js';
import { breakable } from '../../lib/rich.js';
import { Picture } from '../../ui/plate.js';
import { LineOff, Totals } from '../quote/totals.js';

/**
 * @typedef {object} SummaryLine
 * @property {number} sku
 * @property {string} name
 * @property {string} option
 * @property {number} num
 * @property {number} total before its discount
 * @property {number} discount
 * @property {import('../../types/api.js').Image | null | undefined} image
 */

/**
 * What is bought and what it costs; below it the one button of the step.
 * @param {{lines: SummaryLine[], sums?: {totals: import('../../types/api.js').Totals, promotions: import('../../types/api.js').AppliedPromotion[], delivery?: {name: string} | null} | null, open?: boolean, instead?: any,
 *   choices?: any, children?: any}} props `sums`: a quote or an order; `open`: how it is delivered is still to be chosen; `instead`: what stands there while there is none; `choices` that belong to the sums, above them
 */
export function Summary({ lines, sums, open, instead, choices, children }) {
  return html`<aside class="summary" aria-labelledby="sum"><h2 id="sum">${t('checkout.yourOrder')}</h2>
    <ul class="minis">${lines.map((line) => html`<li key=${line.sku}>${line.image ? html`<${Picture} image=${line.image} sizes="3.25rem" />` : html`<span class="no-picture"></span>`}
      <span><b>${breakable(line.name)}</b><span class="muted">${optionAndNumber(line)}</span></span><span class="num sum">${money(line.total, { exact: true })}<${LineOff} sum=${line.discount} /></span></li>`)}</ul>
    <hr class="rule" />${choices}${sums ? html`<${Totals} totals=${sums.totals} promotions=${sums.promotions} delivery=${sums.delivery} open=${open} class="small" />` : instead}${children}</aside>`;
}

/** @param {SummaryLine} line */
function optionAndNumber({ option, num }) {
  if (num === 1) return option;
  return option ? t('checkout.times', { price: option, n: num }) : t('checkout.timesOnly', { n: num });
}
