import { html, useEffect, useState } from '../lib/html.js';
import { number, t } from '../lib/i18n.js';
import { money } from '../lib/money.js';
import { useLoad, usePage } from '../lib/page.js';
import { breakable } from '../lib/rich.js';
import { dayAndTime } from '../lib/time.js';
import { Button } from '../ui/button.js';
import { Countdown } from '../ui/countdown.js';
import { Empty } from '../ui/empty.js';
import { Gate } from '../ui/gate.js';
import { Icon } from '../ui/icon.js';
import { Loaded } from '../ui/loaded.js';
import { Picture } from '../ui/plate.js';
import { Price } from '../ui/price.js';
import { SkeletonRows } from '../ui/skeleton.js';
import { isComing, isOver, isRunning } from './sale/phase.js';
import { saveReminder } from './sale/reminder.js';
import { followSales, loadSales, phaseNow, sales } from './sales-store.js';

/** @typedef {import('../types/api.js').Sale} Sale */

/** So many past ones are shown at first. */
const SOME = 6;

/** All flash sales: those that are open, those that come, those that are over. */
export default function Sales() {
  const load = useLoad(() => loadSales(), []);
  usePage({ title: t('sale.salesTitle'), ready: !load.loading });
  useEffect(followSales, []);
  return html`<${Loaded} of=${load} page skeleton=${html`<div class="wrap waiting"><${SkeletonRows} height="14rem" /></div>`}>${() => html`<${All} />`}</${Loaded}>`;
}

function All() {
  const all = sales.value, running = all.filter((sale) => isRunning(phaseNow(sale))), coming = all.filter((sale) => isComing(phaseNow(sale)));
  if (!all.length) return html`<div class="wrap waiting"><${Empty} page title=${t('sale.noSales')} text=${t('sale.noSalesText')}><${Button} href="/c">${t('sale.allGoods')}</${Button}></${Empty}></div>`;
  return html`<div class="wrap sales">
    <div class="list-head"><div><h1>${t('sale.salesTitle')}</h1>${!running.length && html`<p>${t('sale.noneOpen')}</p>`}</div></div>
    <${Section} id="running" title=${t('sale.running')} sales=${running} /><${Section} id="coming" title=${t('sale.coming')} sales=${coming} />
    <${Past} sales=${all.filter((sale) => isOver(phaseNow(sale)))} />
  </div>`;
}

/** @param {{id: string, title: string, sales: Sale[]}} props */
function Section({ id, title, sales: some }) {
  if (!some.length) return null;
  return html`<section aria-labelledby=${id}><h2 id=${id}>${title}</h2><ul class="sale-panels">${some.map((sale) => html`<${Panel} key=${sale.id} sale=${sale} />`)}</ul></section>`;
}

/** One on the night, as it stands. @param {{sale: Sale}} props */
function Panel({ sale }) {
  const phase = phaseNow(sale), coming = isComing(phase), gone = sale.stock_total - sale.stock_left, href = `/sale/${sale.id}`;
  return html`<li class="sale-panel on-night">
    ${sale.product.cover ? html`<${Picture} class="sale-tile" image=${sale.product.cover} sizes="(width < 48rem) 92vw, 18rem" />` : html`<div class="sale-tile"></div>`}
    <div class="sale-panel-text"><p class="eyebrow">${phase === 'live' ? html`<i class="live-dot"></i>` : html`<span class="dot ember"></span>`}${stand(sale)}</p>
      <h3><a href=${href}>${breakable(sale.product.name)}</a></h3><p class="muted">${sale.title}</p></div>
    <div class="sale-panel-now">${coming ? html`<${Countdown} until=${sale.starts_at} speak=${false} />`
      : html`<p class="desk-left"><span class="clock num">${number(sale.stock_left)}</span> <span>${t('sale.unitsLeft', { n: sale.stock_left, total: sale.stock_total })}</span></p>`}</div>
    <${Gate} gone=${coming ? 0 : gone} total=${sale.stock_total} valueText=${t('sale.leftOf', { left: sale.stock_left, total: sale.stock_total })} />
    <div class="sale-panel-act"><${Price} now=${sale.price} list=${sale.list_price} size="mid" currency=${sale.currency} />
      <span class="row">${coming && html`<${Button} kind="plain" onClick=${() => saveReminder(sale)}><${Icon} name="bell" />${t('sale.remind')}</${Button}>`}
        <a class=${coming ? 'btn line' : 'btn sale'} href=${href}>${t('sale.toSale')}</a></span></div>
  </li>`;
}

/** Where it stands, in words. @param {Sale} sale */
function stand(sale) {
  const phase = phaseNow(sale);
  if (isComing(phase)) return t('sale.opensAt', { when: dayAndTime(sale.starts_at) });
  if (phase === 'paused') return t('sale.pausedShort');
  if (phase === 'sold_out') return t('sale.soldOut');
  return t('sale.closesAt', { when: dayAndTime(sale.ends_at) });
}

/** @param {{sales: Sale[]}} props */
function Past({ sales: past }) {
  const [everything, showEverything] = useState(false);
  if (!past.length) return null;
  const shown = everything ? past : past.slice(0, SOME);
  return html`<section aria-labelledby="past"><h2 id="past">${t('sale.past')}</h2>
    <ul class="sales-past">${shown.map((sale) => html`<li key=${sale.id}><span class="sales-pic"><${Picture} image=${sale.product.cover} sizes="4.5rem" /></span>
      <div><h3><a href=${`/sale/${sale.id}`}>${breakable(sale.product.name)}</a></h3>
        <p class="small muted">${phaseNow(sale) === 'cancelled' ? t('sale.pastOff') : t('sale.pastSale', { when: dayAndTime(sale.ends_at) })}</p></div>
      <p class="small num">${t('sale.sold', { n: sale.stock_total - sale.stock_left })}<small class="muted">${money(sale.price, { currency: sale.currency })}</small></p></li>`)}</ul>
    ${shown.length < past.length && html`<p><${Button} kind="line" onClick=${() => showEverything(true)}>${t('common.more')}</${Button}></p>`}</section>`;
}
