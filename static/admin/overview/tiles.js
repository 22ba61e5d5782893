import { html } from '../../lib/html.js';
import { number, percent, t } from '../../lib/i18n.js';
import { money } from '../../lib/money.js';
import { rich } from '../../lib/rich.js';
import { Sparkline } from '../../ui/chart.js';
import { Tile, Tiles } from '../../ui/tile.js';
import { change } from './figures.js';

/** @typedef {import('../../types/api.js').Stats} Stats */

/** The four figures of the span against those of the span before. @param {{stats: Stats, days: number}} props */
export function FigureTiles({ stats, days }) {
  const { sums, before } = stats;
  const whole = (/** @type {number} */ amount) => money(Math.abs(amount) >= 100_000 ? Math.round(amount / 100) * 100 : amount, { currency: stats.currency });
  const counts = (/** @type {{count: number}[]} */ list) => list.map((day) => day.count);
  const amounts = (/** @type {{amount: number}[]} */ list) => list.map((day) => day.amount);
  return html`<${Tiles}>
    <${Figure} label=${t('adminOverview.revenue')} value=${whole(sums.revenue)} now=${sums.revenue} before=${before.revenue} days=${days} line=${amounts(stats.revenue)} />
    <${Figure} label=${t('adminOverview.orders')} value=${number(sums.orders)} now=${sums.orders} before=${before.orders} days=${days} line=${counts(stats.orders)} />
    <${Figure} label=${t('adminOverview.newShoppers')} value=${number(sums.users)} now=${sums.users} before=${before.users} days=${days} line=${counts(stats.users)} />
    <${Figure} label=${t('adminOverview.refunds')} value=${whole(sums.refunds)} now=${sums.refunds} before=${before.refunds} days=${days} line=${amounts(stats.refunds)} bad />
  </${Tiles}>`;
}

/**
 * @param {{label: string, value: string, now: number, before: number, days: number, line: number[], bad?: boolean}} props
 *   `bad`: less of it is better
 */
function Figure({ label, value, now, before, days, line, bad }) {
  const ratio = change(now, before);
  const better = ratio !== null && Math.abs(ratio) >= 0.005 && (ratio > 0) !== Boolean(bad);
  const colour = ratio === null || Math.abs(ratio) < 0.005 ? '' : better ? 'up' : 'down';
  const words = ratio === null ? t('adminOverview.nothingBefore', { n: days })
    : rich('adminOverview.against', { change: () => html`<span class=${colour}>${signed(ratio)}</span>` }, { n: days });
  return html`<${Tile} label=${label} value=${value}>${words}${line.length > 1 && html`<${Sparkline} values=${line} />`}</${Tile}>`;
}

/** @param {number} ratio */
const signed = (ratio) => (ratio > 0 ? '+' : '') + percent(ratio);
