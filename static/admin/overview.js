import { html, useRef } from '../lib/html.js';
import { api } from '../lib/api.js';
import { shopNow } from '../lib/clock.js';
import { locale, sentences, t } from '../lib/i18n.js';
import { useLoad, usePage } from '../lib/page.js';
import { setQuery } from '../lib/router.js';
import { dayAndTime } from '../lib/time.js';
import { Button } from '../ui/button.js';
import { Icon } from '../ui/icon.js';
import { Loaded } from '../ui/loaded.js';
import { ProblemNotice } from '../ui/notice.js';
import { Segment } from '../ui/segment.js';
import { SkeletonRows } from '../ui/skeleton.js';
import { Books } from './overview/books.js';
import { LatestOrders } from './overview/latest-orders.js';
import { NextSale, nextOf } from './overview/next-sale.js';
import { SalesByDay } from './overview/sales-by-day.js';
import { BestSellers, Conversion, RunsOut } from './overview/shelves.js';
import { FigureTiles } from './overview/tiles.js';
import { useTopbar } from './shell.js';

/** @typedef {import('../types/api.js').Stats} Stats */
/** @typedef {import('../types/api.js').Sale} Sale */

const SPANS = [1, 7, 30];
/** One day makes no picture of days. */
const LEAST_BARS = 7;
/** Orders to ship that are counted; more of them are told as such. */
const COUNTED = 100;

/** @param {import('../lib/router.js').PageProps} props */
export default function Page({ query }) {
  const days = SPANS.find((span) => span === Number(query.days)) ?? 30;
  const read = (/** @type {number} */ span) => (/** @type {AbortSignal} */ signal) => api.get('/admin/stats', { query: { days: span }, signal });
  const long = useLoad(read(Math.max(days, LEAST_BARS)), [Math.max(days, LEAST_BARS)], { keep: true });
  const short = useLoad(days < LEAST_BARS ? read(days) : null, [days], { keep: true });
  const stats = days < LEAST_BARS ? short : long, shown = useRef(/** @type {{stats: Stats, days: number} | undefined} */ (undefined));
  // What is there stays until the figures of another span are.
  if (stats.data && !stats.loading) shown.current = { stats: stats.data, days };
  const sales = useLoad((signal) => api.get('/seckill', { signal }), [], { keep: true });
  const paid = useLoad((signal) => api.get('/admin/orders', { query: { status: 'paid', page_size: COUNTED }, signal }), []);
  usePage({ title: t('adminOverview.title'), ready: !stats.loading && !sales.loading });
  useTopbar({ crumbs: [{ label: t('adminOverview.title') }], end: html`<${Button} href="/admin/products/new"><${Icon} name="plus" />${t('adminOverview.newProduct')}</${Button}>` }, []);
  const next = nextOf(sales.data?.items ?? []);
  return html`<div class="work-head"><div><h1 tabindex="-1">${today()}</h1><p class="sub">${sentences([paid.data && toShip(paid.data.items.length), sales.data && saleWord(next)])}</p></div>
      <${Segment} label=${t('adminOverview.period')} value=${days} onChange=${(/** @type {number} */ n) => setQuery({ days: n === 30 ? null : n })}
        options=${SPANS.map((n) => ({ value: n, label: n === 1 ? t('adminOverview.today') : t('adminOverview.lastDays', { n }) }))} /></div>
    <${ProblemNotice} error=${shown.current ? stats.error : null} />
    <${Loaded} of=${{ ...stats, data: shown.current }} skeleton=${html`<${SkeletonRows} count=${2} height="12rem" />`}>${(/** @type {{stats: Stats, days: number}} */ figures) => html`
      <${FigureTiles} ...${figures} />
      <div class="split"><div class="col">${long.data && html`<${SalesByDay} stats=${long.data} />`}<${LatestOrders} /><${Conversion} stats=${figures.stats} /></div>
        <div class="col">${sales.data && html`<${NextSale} sale=${next} onOpened=${() => setTimeout(sales.reload, 500)} />`}<${Books} />
          <${BestSellers} ...${figures} /><${RunsOut} stats=${figures.stats} /></div></div>`}</${Loaded}>`;
}

/** `Saturday, 14 March` */
const today = () => new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, { weekday: 'long', day: 'numeric', month: 'long' }).format(shopNow()).replace(/^(\p{L}+) (\d)/u, '$1, $2');

/** @param {number} n */
function toShip(n) {
  if (n === 0) return t('adminOverview.nothingToShip');
  return n < COUNTED ? t('adminOverview.toShip', { n }) : t('adminOverview.toShipMany', { n: n - 1 });
}

/** @param {Sale | null} sale */
function saleWord(sale) {
  if (!sale) return t('adminOverview.noSale');
  return sale.state === 'scheduled' ? t('adminOverview.nextOpens', { when: dayAndTime(sale.starts_at) }) : t('adminOverview.saleRuns');
}
