import { html } from '../../lib/html.js';
import { t } from '../../lib/i18n.js';
import { money } from '../../lib/money.js';
import { breakable } from '../../lib/rich.js';
import { Picture } from '../../ui/plate.js';

/**
 * @typedef {object} SummaryLine
 * @property {number} sku
 * @property {string} name
 * @property {string} option
 * @property {number} num
 * @property {number} total
 * @property {import('../../types/api.js').Image | null | undefined} image
 */

/** What is bought and what it costs; below it the one button of the step. @param {{lines: SummaryLine[], total: number, children?: any}} props */
export function Summary({ lines, total, children }) {
  const sum = money(total, { exact: true });
  return html`<aside class="summary" aria-labelledby="sum"><h2 id="sum">${t('checkout.yourOrder')}</h2>
    <ul class="minis">${lines.map((line) => html`<li key=${line.sku}>${line.image ? html`<${Picture} image=${line.image} sizes="3.25rem" />` : html`<span class="no-picture"></span>`}
      <span><b>${breakable(line.name)}</b><span class="muted">${optionAndNumber(line)}</span></span><span class="num">${money(line.total, { exact: true })}</span></li>`)}</ul>
    <hr class="rule" /><dl class="facts small"><div><dt>${t('checkout.goods')}</dt><dd>${sum}</dd></div><div><dt>${t('checkout.delivery')}</dt><dd>${t('checkout.free')}</dd></div>
      <div class="sum"><dt>${t('checkout.total')}</dt><dd>${sum}</dd></div></dl>${children}</aside>`;
}

/** @param {SummaryLine} line */
function optionAndNumber({ option, num }) {
  if (num === 1) return option;
  return option ? t('checkout.times', { price: option, n: num }) : t('checkout.timesOnly', { n: num });
}
