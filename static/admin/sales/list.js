import { html } from '../../lib/html.js';
import { api } from '../../lib/api.js';
import { number, t } from '../../lib/i18n.js';
import { money } from '../../lib/money.js';
import { usePage } from '../../lib/page.js';
import { navigate } from '../../lib/router.js';
import { Button } from '../../ui/button.js';
import { Empty } from '../../ui/empty.js';
import { ErrorState } from '../../ui/error.js';
import { Icon } from '../../ui/icon.js';
import { Picture } from '../../ui/plate.js';
import { SkeletonRows } from '../../ui/skeleton.js';
import { ListFoot } from '../list-parts.js';
import { useTopbar } from '../shell.js';
import { useList } from '../use-list.js';
import { isOver, isRunning, optionText, SaleTag, windowText } from './words.js';

/** @typedef {import('../../types/api.js').Sale} Sale */

/** All flash sales: those that run, those to come, those that are over. */
export default function SalesPage() {
  const list = useList((cursor, signal) => api.get('/admin/seckill', { signal, query: { page_size: 50, cursor } }), []);
  usePage({ title: t('adminSales.title'), ready: !list.load.loading });
  useTopbar({ crumbs: [{ label: t('adminSales.title') }] }, []);
  const starts = (/** @type {Sale} */ sale) => Date.parse(sale.starts_at);
  const running = list.items.filter(isRunning), coming = list.items.filter((sale) => sale.state === 'scheduled').sort((a, b) => starts(a) - starts(b));
  const past = list.items.filter(isOver).sort((a, b) => starts(b) - starts(a));
  return html`<div class="work-head"><h1>${t('adminSales.title')}</h1><${Button} href="/admin/sales/new"><${Icon} name="plus" />${t('adminSales.new')}</${Button}></div>
    ${list.load.error && !list.load.data ? html`<${ErrorState} error=${list.load.error} retry=${list.load.reload} />` : null}
    ${!list.load.data && list.load.slow && html`<${SkeletonRows} count=${4} height="3.5rem" />`}
    ${list.load.data && !list.items.length && html`<${Empty} title=${t('adminSales.none')} text=${t('adminSales.noneText')} />`}
    <${Group} name=${t('adminSales.groupRunning')} sales=${running} /><${Group} name=${t('adminSales.groupComing')} sales=${coming} />
    <${Group} name=${t('adminSales.groupPast')} sales=${past} foot=${list.hasMore && html`<${ListFoot} list=${list} />`} />`;
}

/** @param {{name: string, sales: Sale[], foot?: any}} props */
function Group({ name, sales, foot }) {
  if (!sales.length) return null;
  return html`<section class="panel" aria-label=${name}><header class="group"><h2>${name}</h2></header>
    <div class="table-wrap" tabindex="0" role="group" aria-label=${name}><table class="table list-table"><thead><tr><th>${t('adminSales.sale')}</th><th class="end wide-only">${t('adminSales.price')}</th><th class="end">${t('adminSales.units')}</th>
      <th class="wide-only">${t('adminSales.windowHead')}</th><th class="wide-only">${t('adminSales.state')}</th><th class="end wide-only"><span class="unseen">${t('adminSales.board')}</span></th></tr></thead>
      <tbody>${sales.map((sale) => html`<${Row} key=${sale.id} sale=${sale} />`)}</tbody></table></div>${foot}</section>`;
}

/** @param {{sale: Sale}} props */
function Row({ sale }) {
  const href = `/admin/sales/${sale.id}`, over = isOver(sale), taken = sale.stock_total - sale.stock_left;
  const open = (/** @type {MouseEvent} */ event) => {
    if (event.target instanceof Element && event.target.closest('a, button')) return;
    void navigate(href);
  };
  const variant = optionText(sale.product.skus.find((one) => one.id === sale.sku_id));
  return html`<tr class="opens" onClick=${open}><td><div class="cell">${sale.product.cover ? html`<${Picture} class="thumb" image=${sale.product.cover} sizes="2.5rem" />` : html`<span class="thumb"></span>`}
      <span><a class="opens-link" href=${href}>${sale.title}</a><small class="muted cut">${variant ? `${sale.product.name}, ${variant}` : sale.product.name}</small>
        <small class="narrow-only muted below">${windowText(sale)}</small><span class="narrow-only"><span class="tags"><${SaleTag} state=${sale.state} /><b class="num">${money(sale.price, { exact: true, currency: sale.currency })}</b>${!over && html`<a class="link tiny" href=${`${href}/live`}>${t('adminSales.board')}</a>`}</span></span></span></div></td>
    <td class="end wide-only">${money(sale.price, { exact: true, currency: sale.currency })}<small class="muted below"><s>${money(sale.list_price, { exact: true, currency: sale.currency })}</s></small></td>
    <td class="end">${over ? html`${number(sale.stock_total)}<small class="muted below">${t('adminSales.sold')}</small>` : html`<div class="stockcell"><span>${number(sale.stock_left)}</span><span class="tr wide-only heat"><i style=${{ '--p': `${sale.stock_total ? (taken / sale.stock_total) * 100 : 0}%` }}></i></span></div><small class="muted below">${t('adminSales.leftOf', { total: sale.stock_total })}</small>`}</td>
    <td class="wide-only">${windowText(sale)}</td><td class="wide-only"><${SaleTag} state=${sale.state} /></td>
    <td class="end wide-only">${over ? html`<a class="btn line sm" href=${`/admin/sales/new?like=${sale.id}`}>${t('adminSales.again')}</a>` : html`<a class="btn line sm" href=${`${href}/live`}><${Icon} name="radio" />${t('adminSales.board')}</a>`}</td></tr>`;
}
