import { html } from '../../lib/html.js';
import { shopNow } from '../../lib/clock.js';
import { t } from '../../lib/i18n.js';
import { dayMonth, daysApart, timeExact } from '../../lib/time.js';
import { Field } from '../../ui/field.js';
import { Timeline } from '../../ui/timeline.js';
import { LOADED_BEFORE_MS, stages } from './form.js';

/** The offset of this machine's time zone at an instant: `UTC+1`. @param {number} ms */
export function offset(ms) {
  const minutes = -new Date(ms).getTimezoneOffset(), hours = Math.trunc(Math.abs(minutes) / 60), rest = Math.abs(minutes) % 60;
  return `UTC${minutes < 0 ? '−' : '+'}${hours}${rest ? `:${String(rest).padStart(2, '0')}` : ''}`;
}

/** @param {number | null} ms */
const moment = (ms) => (ms === null ? '–' : daysApart(ms, shopNow()) === 0 ? timeExact(ms) : t('common.dayAt', { day: dayMonth(ms), time: timeExact(ms) }));

/**
 * The window of a sale, and its way through the gate.
 * @param {{saved: boolean, begun: boolean, over: boolean, cancelled: boolean, opens: number | null, closes: number | null, opensField: any, closesField: any}} props
 */
export function When({ saved, begun, over, cancelled, opens, closes, opensField, closesField }) {
  const now = shopNow(), zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const states = stages({ saved, opens, closes, now });
  const past = opens !== null && opens <= now;
  const titles = [t(saved ? 'adminSales.saved' : 'adminSales.saving'), moment(opens === null ? null : opens - LOADED_BEFORE_MS), moment(opens), moment(closes)];
  const texts = [t(saved ? 'adminSales.stepSaved' : 'adminSales.stepSave'), t('adminSales.stepLoad'), t('adminSales.stepOpen'), t('adminSales.stepClose')];
  return html`<section class="panel"><header><h2>${t('adminSales.when')}</h2><span class="note">${t('adminSales.zone', { zone: zone === 'UTC' ? 'UTC' : `${zone}, ${offset(opens ?? now)}` })}</span></header><div class="in stack">
    <div class="two-up"><${Field} label=${t('adminSales.opens')} type="datetime-local" step="1" hint=${begun && !over ? t('adminSales.begun') : past && !saved ? t('adminSales.opensNow') : null} ...${opensField} />
      <${Field} label=${t('adminSales.closes')} type="datetime-local" step="1" ...${closesField} /></div>
    ${!cancelled && html`<${Timeline} label=${t('adminSales.way')} steps=${states.map((state, i) => ({ state, title: titles[i], text: texts[i] }))} />`}
    <p class="hint">${t('adminSales.clockNow', { time: timeExact(now) })}</p></div></section>`;
}
