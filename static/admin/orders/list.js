import { html } from '../../lib/html.js';
import { api } from '../../lib/api.js';
import { t } from '../../lib/i18n.js';
import { withQuery } from '../../lib/match.js';
import { money } from '../../lib/money.js';
import { usePage } from '../../lib/page.js';
import { navigate, openedWithin, openWithin, setQuery } from '../../lib/router.js';
import { shortId } from '../../lib/short-id.js';
import { dayAndTime } from '../../lib/time.js';
import { Icon } from '../../ui/icon.js';
import { Picture } from '../../ui/plate.js';
import { Tabs } from '../../ui/tabs.js';
import { ListPanel } from '../list-parts.js';
import { useTopbar } from '../shell.js';
import { useList } from '../use-list.js';
import { UserName } from '../user-names.js';
import { OrderPanel } from './panel.js';
import { OrderSearch } from './search.js';
import { OrderTag, STATUSES, things } from './words.js';

/** @typedef {import('../../types/api.js').Order} Order */

/** All orders, and one of them in a panel at the side. @param {import('../../lib/router.js').PageProps} props */
export default function OrdersPage({ params, query }) {
  const status = STATUSES.find((one) => one === query.status) ?? '';
  const list = useList((cursor, signal) => api.get('/admin/orders', { signal, query: { status, q: query.q, user_id: query.user, seckill_id: query.sale, page_size: 30, cursor } }),
    [status, query.q, query.user, query.sale]);
  usePage({ title: t('adminOrders.title'), ready: !list.load.loading });
  useTopbar({ crumbs: [{ label: t('adminOrders.title') }] }, []);
  const at = (/** @type {Record<string, any>} */ patch) => withQuery(`/admin/orders${location.search}`, patch);
  const close = () => (openedWithin() ? history.back() : void navigate(at({}), { replace: true }));
  const changed = (/** @type {Order} */ order) => list.put((one) => one.id === order.id, status && order.status !== status ? null : order);
  return html`<div class="work-head"><h1>${t('adminOrders.title')}</h1></div>
    <${Tabs} label=${t('adminOrders.byStatus')} current=${status} tabs=${[{ key: '', label: t('adminCommon.all'), href: at({ status: null }) },
      ...STATUSES.map((one) => ({ key: one, label: t(`adminOrders.tab_${one}`), href: at({ status: one }) }))]} />
    <${ListPanel} list=${list} label=${t('adminOrders.title')} toolbar=${html`<${OrderSearch} query=${query} /><${Narrowed} query=${query} />`}
      head=${html`<th>${t('adminOrders.order')}</th><th class="wide-only">${t('adminOrders.shopper')}</th><th>${t('adminOrders.state')}</th><th class="end">${t('adminOrders.total')}</th><th class="end wide-only">${t('adminOrders.placed')}</th>`}
      row=${(/** @type {Order} */ order) => html`<${Row} key=${order.id} order=${order} href=${withQuery(`/admin/orders/${order.id}${location.search}`, {})} />`}
      empty=${{ title: t('adminOrders.noneTitle'), text: t(query.q || query.user || query.sale ? 'adminOrders.noneFound' : 'adminOrders.noneText') }} />
    ${params.order && html`<${OrderPanel} key=${params.order} id=${params.order} onClose=${close} onChange=${changed} />`}`;
}

/** The whole row opens; its link is what the keyboard finds. @param {{order: Order, href: string}} props */
function Row({ order, href }) {
  const [first, ...others] = order.lines;
  const open = (/** @type {MouseEvent} */ event) => {
    if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.shiftKey) return;
    if (event.target instanceof Element && event.target.closest('a') && !event.target.closest('a.opens-link')) return;
    event.preventDefault();
    openWithin(href);
  };
  return html`<tr class="opens" onClick=${open}><td><div class="cell">${first.image ? html`<${Picture} class="thumb" image=${first.image} sizes="2.5rem" />` : html`<span class="thumb"></span>`}
      <span><a class="opens-link" href=${href}><code>${shortId(order.id)}</code></a>
        <small class="muted cut">${others.length ? t('adminOrders.andMore', { name: first.name, n: others.length }) : first.name}</small></span></div></td>
    <td class="wide-only"><${UserName} id=${order.user_id} link /></td>
    <td><span class="tags"><${OrderTag} status=${order.status} />${order.seckill_id && html`<span class="dot ember" title=${t('adminOrders.fromSale')}></span><span class="unseen">${t('adminOrders.fromSale')}</span>`}</span></td>
    <td class="end">${money(order.total, { exact: true, currency: order.currency })}<small class="muted below">${t('adminOrders.things', { n: things(order) })}</small></td>
    <td class="end muted wide-only">${dayAndTime(order.created_at)}</td></tr>`;
}

/** What the list is narrowed to, and the way out of it. @param {{query: Record<string, string>}} props */
function Narrowed({ query }) {
  const chip = (/** @type {string} */ name, /** @type {any} */ label) => html`<button class="chip" type="button" aria-label=${t('adminOrders.widen')} onClick=${() => setQuery({ [name]: null })}>${label}<${Icon} name="x" /></button>`;
  return html`${query.user && chip('user', html`${t('adminOrders.shopper')} <b><${UserName} id=${Number(query.user)} /></b>`)}
    ${query.sale && chip('sale', t('adminOrders.ofSale', { id: query.sale }))}`;
}
