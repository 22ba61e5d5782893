import { html } from '../../lib/html.js';
import { t } from '../../lib/i18n.js';
import { dayAndTime, timeExact } from '../../lib/time.js';
import { Button } from '../../ui/button.js';
import { Countdown } from '../../ui/countdown.js';
import { Gate } from '../../ui/gate.js';
import { Icon } from '../../ui/icon.js';
import { Price } from '../../ui/price.js';

/**
 * @typedef {object} Shown
 * @property {import('../../types/api.js').Sale['state']} state
 * @property {number | null} opens
 * @property {number | null} closes
 * @property {number | null} price
 * @property {number} list
 * @property {number | null} units
 * @property {number} taken
 * @property {number | null} limit
 */

/** The desk of the sale's page, as shoppers will see it. It can only be looked at. @param {{shown: Shown}} props */
export function Preview({ shown: { state, opens, closes, price, list, units, taken, limit } }) {
  const total = units ?? 0, left = Math.max(0, total - taken), upcoming = state === 'scheduled', over = state === 'ended' || state === 'cancelled';
  return html`<section class="col preview" aria-label=${t('adminSales.preview')}><p class="label muted">${t('adminSales.preview')}</p>
    <div class="on-night" inert><div class="desk">
      <p class="desk-state"><span>${upcoming ? opens === null ? t('adminSales.noTime') : t('adminSales.opensAt', { when: dayAndTime(new Date(opens).toISOString()) }) : t(`adminSales.desk_${state}`)}</span>
        ${state === 'live' && closes !== null && html`<span class="muted num">${t('adminSales.closesAt', { time: timeExact(closes) })}</span>`}</p>
      <div class="desk-main">${upcoming && opens !== null ? html`<${Countdown} until=${opens} speak=${false} />`
        : upcoming ? html`<p class="clock">– –</p>` : over ? html`<h2>${t('adminSales.unitsSold', { n: total })}</h2>` : html`<div class="preview-left"><p class="clock num">${left}</p><p>${t('adminSales.ofLeft', { total })}</p></div>`}</div>
      ${price ? html`<${Price} now=${price} list=${list} size="large" />` : html`<p class="price large"><b>–</b></p>`}
      ${!over && html`<${Gate} gone=${taken} total=${Math.max(1, total)}><span>${t('adminSales.unitsN', { n: total })}</span><span class="muted">${taken ? t('adminSales.takenN', { n: taken }) : t('adminSales.noneTaken')}</span></${Gate}>`}
      ${!over && html`<div class="desk-act"><${Button} kind=${upcoming ? 'plain' : 'sale'} size="big" block tabindex="-1">${upcoming ? html`<${Icon} name="bell" />${t('adminSales.remind')}` : t('adminSales.claim')}</${Button}></div>`}
      <ul class="desk-foot"><li><${Icon} name="user-round" /><span>${limit ? t('adminSales.each', { n: limit }) : '–'}</span></li>
        <li><${Icon} name="clock" /><span>${t('adminSales.byClock')}</span></li></ul>
    </div></div></section>`;
}
