import { html } from '../../lib/html.js';
import { number, sentences, t } from '../../lib/i18n.js';
import { money } from '../../lib/money.js';
import { breakable } from '../../lib/rich.js';
import { dayAndTime } from '../../lib/time.js';
import { Button } from '../../ui/button.js';
import { Countdown } from '../../ui/countdown.js';
import { Picture } from '../../ui/plate.js';

/** @typedef {import('../../types/api.js').Sale} Sale */

/** What runs, else what comes next. @param {Sale[]} sales */
export function nextOf(sales) {
  const open = sales.filter((sale) => sale.state !== 'ended' && sale.state !== 'cancelled');
  return open.find((sale) => sale.state !== 'scheduled') ?? open[0] ?? null;
}

/** The next sale on the night, or the way to plan one. @param {{sale: Sale | null, onOpened: () => void}} props */
export function NextSale({ sale, onOpened }) {
  if (!sale) {
    return html`<section class="panel" aria-labelledby="next-sale"><header><h2 id="next-sale">${t('adminOverview.nextSale')}</h2></header>
      <div class="in stack"><p class="muted">${sentences([t('adminOverview.noSale'), t('adminOverview.planOne')])}</p><div><${Button} kind="line" href="/admin/sales/new">${t('adminOverview.newSale')}</${Button}></div></div></section>`;
  }
  const running = sale.state !== 'scheduled';
  return html`<section class="next-sale on-night" aria-labelledby="next-sale"><${Picture} class="next-pic" image=${sale.product.cover} sizes="12rem" />
    <p class="eyebrow"><span class="dot ember"></span>${stateWord(sale)}</p><h2 id="next-sale">${breakable(sale.product.name)}</h2>
    ${running ? html`<p class="clock num"><span>${number(sale.stock_left)}</span></p><p class="tiny">${t('adminOverview.unitsLeft', { total: sale.stock_total })}</p>`
      : html`<${Countdown} until=${sale.starts_at} onEnd=${onOpened} speak=${false} tenths=${false} />`}
    <p class="tiny next-small">${t('adminOverview.unitsAt', { n: sale.stock_total, price: money(sale.price, { currency: sale.currency }), limit: number(sale.per_user_limit) })}</p>
    <div class="row"><${Button} kind="plain" href=${`/admin/sales/${sale.id}/live`}>${t('adminOverview.openLive')}</${Button}></div></section>`;
}

/** @param {Sale} sale */
function stateWord(sale) {
  if (sale.state === 'scheduled') return `${t('adminOverview.nextSale')}, ${dayAndTime(sale.starts_at)}`;
  if (sale.state === 'paused') return t('adminOverview.salePaused');
  return t(sale.state === 'sold_out' ? 'adminOverview.saleGone' : 'adminOverview.saleOpen');
}
