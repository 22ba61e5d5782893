import { html } from '../lib/html.js';
import { number, t } from '../lib/i18n.js';

/** The figures of a chart as a table, newest first. @param {import('./chart.js').ChartProps} props */
export function ChartTable({ xs, series, xLabel, xName = t('adminCommon.at'), format = number, finding }) {
  const rows = xs.map((_, i) => i).reverse();
  return html`<div class="table-wrap chart-table" tabindex="0" role="region" aria-label=${finding}><table class="table">
    <thead><tr><th scope="col">${xName}</th>${series.map((one) => html`<th scope="col" class="end">${one.name}</th>`)}</tr></thead>
    <tbody>${rows.map((i) => html`<tr key=${xs[i]}><th scope="row">${xLabel(i)}</th>${series.map((one) => html`<td class="end">${format(one.values[i])}</td>`)}</tr>`)}</tbody>
  </table></div>`;
}
