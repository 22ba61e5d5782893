import { html } from '../../lib/html.js';
import { number, percent, t } from '../../lib/i18n.js';
import { dayMonth } from '../../lib/time.js';
import { Picture } from '../../ui/plate.js';

/** @typedef {import('../../types/api.js').Stats} Stats */

const SELLERS = 5;

/** @param {{image: import('../../types/api.js').Image | null | undefined}} props */
const Thumb = ({ image }) => (image ? html`<${Picture} image=${image} sizes="2.25rem" />` : html`<span class="thumb none"></span>`);

/** What sold most, with its picture. @param {{stats: Stats, days: number}} props */
export function BestSellers({ stats, days }) {
  const best = stats.best_sellers.slice(0, SELLERS), top = best[0]?.units ?? 1;
  return html`<section class="panel" aria-labelledby="sellers"><header><h2 id="sellers">${t('adminOverview.bestSellers')}</h2><span class="note">${t('adminOverview.soldIn', { n: days })}</span></header>
    <div class="in">${best.length ? html`<ul class="hbars">${best.map(({ product, units }) => html`<li key=${product.id}><${Thumb} image=${product.cover} />
      <div><a class="plain-link" href=${`/admin/products/${product.id}`}>${product.name}</a><div class="tr"><i style=${{ '--p': `${Math.max(2, Math.round((units / top) * 100))}%` }}></i></div></div><b class="num">${number(units)}</b></li>`)}</ul>`
      : html`<p class="muted">${t('adminOverview.noneSold')}</p>`}</div></section>`;
}

/** SKUs with hardly any stock left. @param {{stats: Stats}} props */
export function RunsOut({ stats }) {
  return html`<section class="panel" aria-labelledby="runs-out"><header><h2 id="runs-out">${t('adminOverview.runsOut')}</h2><span class="note">${t('adminOverview.runsOutNote')}</span></header>
    <div class="in">${stats.low_stock.length ? html`<ul class="hbars">${stats.low_stock.slice(0, SELLERS).map(({ sku_id, options, num, product }) => html`<li key=${sku_id}><${Thumb} image=${product.cover} />
      <div><a class="plain-link" href=${`/admin/products/${product.id}`}>${product.name}</a><small class="muted">${Object.values(options).join(', ')}</small></div>
      <b class="num down">${num ? t('adminOverview.left', { n: num }) : t('adminOverview.soldOut')}</b></li>`)}</ul>`
      : html`<p class="muted">${t('adminOverview.nothingRunsOut')}</p>`}
      ${stats.units_held > 0 && html`<p class="tiny muted held">${t('adminOverview.held', { n: stats.units_held })}</p>`}</div></section>`;
}

/** How many of a sale's units were won, and how many of those paid. @param {{stats: Stats}} props */
export function Conversion({ stats }) {
  if (!stats.sales.length) return null;
  return html`<section class="panel" aria-labelledby="conversion"><header><h2 id="conversion">${t('adminOverview.conversion')}</h2></header>
    <div class="in"><ul class="funnels">${stats.sales.slice(0, SELLERS).map((sale) => html`<li key=${sale.id}><div class="funnel-head"><a class="plain-link" href=${`/admin/sales/${sale.id}`}>${sale.title}</a>
        <span class="muted tiny">${dayMonth(sale.starts_at)}, ${t('adminOverview.ofUnits', { n: sale.stock_total })}</span></div>
      <dl><${Bar} name=${t('adminOverview.won')} n=${sale.won} of=${sale.stock_total} colour="--d-won" /><${Bar} name=${t('adminOverview.paidUnits')} n=${sale.paid} of=${sale.stock_total} colour="--d-pending" /></dl>
      <p class="tiny muted">${sale.won ? t('adminOverview.paidShare', { share: percent(sale.paid / sale.won) }) : t('adminOverview.noWon')}</p></li>`)}</ul></div></section>`;
}

/** @param {{name: string, n: number, of: number, colour: string}} props */
function Bar({ name, n, of: total, colour }) {
  return html`<div><dt>${name}</dt><dd><span class="tr" aria-hidden="true"><i style=${{ '--p': `${total ? Math.min(100, (n / total) * 100) : 0}%`, '--c': `var(${colour})` }}></i></span><b class="num">${number(n)}</b></dd></div>`;
}
