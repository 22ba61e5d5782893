import { html } from '../../lib/html.js';
import { t } from '../../lib/i18n.js';
import { timeExact, timeOfDay } from '../../lib/time.js';

/** Three things to know beforehand. @param {{sale: import('./machine.js').Sale, payWithinMs: number}} props */
export function How({ sale, payWithinMs }) {
  const at = Date.parse(sale.starts_at) % 60_000 ? timeExact(sale.starts_at) : timeOfDay(sale.starts_at);
  const steps = [[t('sale.howPress'), t('sale.howPressText', { at })],
    [t('sale.howPay', { n: Math.round(payWithinMs / 60_000) }), t('sale.howPayText')], [t('sale.howBack'), t('sale.howBackText')]];
  return html`<section class="section wrap" aria-labelledby="how"><div class="section-head"><h2 id="how">${t('sale.how')}</h2></div>
    <ol class="how">${steps.map(([title, text]) => html`<li><h3>${title}</h3><p>${text}</p></li>`)}</ol></section>`;
}
