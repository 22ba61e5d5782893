import { html, useEffect, useRef } from '../../lib/html.js';
import { api } from '../../lib/api.js';
import { shopNow, syncClock } from '../../lib/clock.js';
import { t } from '../../lib/i18n.js';
import { useLoad, usePage, useTick } from '../../lib/page.js';
import { shop } from '../../lib/shop.js';
import { minutesSeconds, parts } from '../../lib/time.js';
import { Button } from '../../ui/button.js';
import { ErrorState } from '../../ui/error.js';
import { Icon } from '../../ui/icon.js';
import { Loaded } from '../../ui/loaded.js';
import { Notice } from '../../ui/notice.js';
import { SkeletonRows } from '../../ui/skeleton.js';
import { useTopbar } from '../shell.js';
import { SaleActs } from './acts.js';
import { Books } from './live/books.js';
import { Feed } from './live/feed.js';
import { forecast } from './live/history.js';
import { Plots } from './live/plots.js';
import { Rehearse } from './live/rehearse.js';
import { useLive } from './live/stream.js';
import { Figures } from './live/tiles.js';
import { isOver, SaleTag } from './words.js';

/** @typedef {import('../../types/api.js').Sale} Sale */

/** Events carry figures, not the state: that is asked for as often as it may change. */
const LOOK_MS = 2000;
/** States that come by somebody's doing or by the clock, which the figures do not show. */
const TOLD = new Set(['paused', 'scheduled', 'ended', 'cancelled']);

/** A flash sale as it goes. @param {import('../../lib/router.js').PageProps} props */
export default function LivePage({ params }) {
  const load = useLoad((signal) => api.get('/seckill/{id}', { params: { id: params.id }, signal }), [params.id]);
  usePage({ title: load.data ? t('adminLive.pageTitle', { title: load.data.title }) : t('adminLive.live'), ready: !load.loading });
  useTopbar({ crumbs: [{ label: t('adminSales.title'), href: '/admin/sales' }, { label: load.data?.title ?? '', href: `/admin/sales/${params.id}` }, { label: t('adminLive.live') }],
    end: html`<button class="icon-btn" type="button" aria-label=${t('adminLive.fullScreen')} onClick=${fullScreen}><${Icon} name="maximize-2" /></button>` }, [load.data?.title]);
  return html`<${Loaded} of=${load} page skeleton=${html`<${SkeletonRows} count=${4} height="7rem" />`}>${(/** @type {Sale} */ sale) => html`<${Board} sale=${sale} onChange=${load.set} />`}</${Loaded}>`;
}

const fullScreen = () => { void (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen().catch(() => {})); };

/** @param {{sale: Sale, onChange: (sale: Sale) => void}} props */
function Board({ sale, onChange }) {
  const opens = Date.parse(sale.starts_at);
  const { history, link, heardAt, retry, tell } = useLive(String(sale.id), opens);
  useSaleState(sale, onChange, tell);
  const now = history.seconds.at(-1), out = sale.state === 'live' ? forecast(history.seconds) : null;
  return html`<div class="work-head"><div class="row head-words"><h1>${sale.title}</h1><${Pill} sale=${sale} /></div>
      <${SaleActs} sale=${sale} onChange=${onChange}><${Button} kind="line" href=${`/admin/sales/${sale.id}`}><${Icon} name="square-pen" />${t('common.edit')}</${Button}></${SaleActs}></div>
    <${LinkNotice} link=${link} retry=${retry} seen=${now !== undefined} />
    ${now ? html`<${Figures} history=${history} out=${out} /><div class="split"><div class="col"><${Plots} history=${history} opens=${opens} out=${out} /></div>
      <div class="col"><${Books} seconds=${history.seconds} heardAt=${heardAt} /><${Feed} feed=${history.feed} />${shop.development && html`<${Rehearse} />`}</div></div>`
      : link.state === 'refused' && link.error ? html`<${ErrorState} error=${link.error} retry=${retry} />` : html`<${SkeletonRows} count=${3} height="7rem" />`}
    <span class="unseen" role="status">${t(`adminLive.state_${sale.state}`)}</span>`;
}

/** Looks after the state, and tells when it changed. @param {Sale} sale @param {(sale: Sale) => void} onChange @param {(one: import('./live/history.js').Happening) => void} tell */
function useSaleState(sale, onChange, tell) {
  const before = useRef(sale.state), over = isOver(sale);
  useEffect(() => {
    // That it opened, and that all are claimed, the figures tell by themselves.
    const resumed = before.current === 'paused' && sale.state === 'live';
    if (before.current !== sale.state && (resumed || TOLD.has(sale.state))) tell({ id: `state:${sale.server_time}`, at: Date.parse(sale.server_time), key: `now_${sale.state}` });
    before.current = sale.state;
  }, [sale.state]);
  useEffect(() => {
    void syncClock();
    if (over) return undefined;
    const timer = setInterval(() => { api.get('/seckill/{id}', { params: { id: sale.id } }).then(onChange, () => {}); }, LOOK_MS);
    return () => clearInterval(timer);
  }, [over]);
}

/** What the sale is doing, and for how long. @param {{sale: Sale}} props */
function Pill({ sale }) {
  useTick(250, sale.state === 'live' || sale.state === 'scheduled');
  const opens = Date.parse(sale.starts_at), now = shopNow();
  if (sale.state === 'live') return html`<span class="pill-live"><i class="live-dot"></i>${t('adminLive.live')} <span class="num">${clock(now - opens)}</span></span>`;
  if (sale.state === 'scheduled') return html`<span class="pill-live">${t('adminLive.opensIn')} <span class="num">${clock(opens - now)}</span></span>`;
  return html`<${SaleTag} state=${sale.state} />`;
}

/** @param {number} ms */
function clock(ms) {
  const { days, hours } = parts(ms);
  return days || hours ? `${days * 24 + hours}:${minutesSeconds(Math.floor(ms / 1000) * 1000 % 3_600_000)}` : minutesSeconds(Math.floor(ms / 1000) * 1000);
}

/** What the board does when the stream is not there. @param {{link: import('./live/stream.js').Link, retry: () => void, seen: boolean}} props */
function LinkNotice({ link, retry, seen }) {
  useTick(500, link.state === 'broken');
  if (link.state !== 'broken' && !(link.state === 'refused' && seen)) return null;
  const left = Math.max(0, Math.ceil((link.tryAt - performance.now()) / 1000));
  return html`<${Notice} kind="warn" alert><div class="row between"><span>${link.state === 'refused' ? t('adminLive.refused') : t('adminLive.broken')} ${seen && t('adminLive.figuresStand')}</span>
    <${Button} kind="line" size="sm" onClick=${retry}>${left && link.state === 'broken' ? t('common.retryIn', { n: left }) : t('common.retry')}</${Button}></div></${Notice}>`;
}
