import { html } from '../../lib/html.js';
import { t } from '../../lib/i18n.js';
import { money } from '../../lib/money.js';
import { compactMoney } from '../../lib/money-compact.js';
import { dayMonth } from '../../lib/time.js';
import { ChartPanel, Legend } from '../../ui/chart.js';
import { highest, noonOf, saleDays, tickPlaces } from './figures.js';

/** Revenue of each day as bars. @param {{stats: import('../../types/api.js').Stats}} props */
export function SalesByDay({ stats }) {
  const values = stats.revenue.map((day) => day.amount), xs = stats.revenue.map((day) => noonOf(day.day));
  const sales = saleDays(stats), last = xs.length - 1, top = highest(values), n = xs.length;
  const exact = (/** @type {number} */ amount) => money(amount, { currency: stats.currency });
  const finding = values.some((value) => value > 0) ? t('adminOverview.finding', { n, amount: exact(values[top]), day: dayMonth(xs[top]) }) : t('adminOverview.findingNone', { n });
  const told = [...new Set([top, ...[...sales].sort((a, b) => values[b] - values[a]).slice(0, 2)])].filter((i) => values[i] > 0);
  const legend = [...(sales.size ? [{ colour: '--d-won', name: t('adminOverview.saleDay') }] : []), { colour: '--ink', name: t('adminOverview.soFar') }];
  return html`<${ChartPanel} title=${t('adminOverview.salesByDay')} note=${html`<${Legend} items=${legend} />`} finding=${finding} kind="bars" height=${13.5}
    xs=${xs} series=${[{ key: 'revenue', name: t('adminOverview.revenue'), values }]} xLabel=${(/** @type {number} */ i) => dayMonth(xs[i])} xName=${t('adminOverview.day')}
    format=${exact} axis=${(/** @type {number} */ amount) => compactMoney(amount, stats.currency)} top=${100}
    ticks=${tickPlaces(n).map((i) => ({ at: xs[i], label: dayMonth(xs[i]) }))} told=${told}
    barClass=${(/** @type {number} */ i) => (i === last ? 'today' : sales.has(i) ? 'saleday' : '')} />`;
}
