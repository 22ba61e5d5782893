import { html, signal, useEffect, useStatePer } from '../lib/html.js';
import { api } from '../lib/api.js';
import { t } from '../lib/i18n.js';
import { logOut, user } from '../lib/session.js';
import { Brand } from '../ui/brand.js';
import { Crumbs } from '../ui/crumbs.js';
import { Dialog } from '../ui/dialog.js';
import { Icon } from '../ui/icon.js';
import { OfflineBar } from '../ui/offline.js';
import { ToastHost } from '../ui/toast.js';

/** @typedef {{at: string, href: string, icon: string}} Entry */

/** Crumbs and the one primary button of the page, for the top bar; a page sets them by `useTopbar`. */
const topbar = signal(/** @type {{crumbs: {label: string, href?: string}[], end?: any}} */ ({ crumbs: [] }));

/**
 * What the top bar shows while this page is open.
 * @param {{crumbs: {label: string, href?: string}[], end?: any}} bar
 * @param {unknown[]} deps when it changes
 */
export function useTopbar(bar, deps) {
  useEffect(() => { topbar.value = bar; }, deps);
  useEffect(() => () => { topbar.value = { crumbs: [] }; }, []);
}

/** Sidebar, top bar, page. @param {{at: string, path: string, children?: any}} props */
export function Shell({ at, path, children }) {
  const [open, setOpen] = useStatePer(path, false);
  return html`<div class="console"><a class="skip" href="#main">${t('common.skip')}</a>
    <aside class="side"><${Side} at=${at} /></aside>
    <div><${OfflineBar} />
      <header class="topbar"><button class="icon-btn phone-only" type="button" aria-label=${t('adminCommon.menu')} aria-expanded=${String(open)} onClick=${() => setOpen(true)}><${Icon} name="menu" /></button>
        <${Crumbs} items=${topbar.value.crumbs} /><div class="end">${topbar.value.end}</div></header>
      <main id="main" class="work" tabindex="-1">${children}</main></div>
    ${open && html`<${Dialog} kind="menu-sheet" title=${t('adminCommon.menu')} onClose=${() => setOpen(false)}><div class="side"><${Side} at=${at} /></div></${Dialog}>`}
    <${ToastHost} /></div>`;
}

/** @type {[string | null, Entry[]][]} */
const GROUPS = [
  [null, [{ at: 'overview', href: '/admin', icon: 'chart-no-axes-column' }, { at: 'liveSale', href: '', icon: 'radio' }, { at: 'orders', href: '/admin/orders', icon: 'receipt-text' }]],
  ['shelves', [{ at: 'products', href: '/admin/products', icon: 'package' }, { at: 'categories', href: '/admin/categories', icon: 'layers' },
    { at: 'carousel', href: '/admin/carousel', icon: 'image-plus' }, { at: 'sales', href: '/admin/sales', icon: 'timer' },
    { at: 'promotions', href: '/admin/promotions', icon: 'ticket-percent' }, { at: 'delivery', href: '/admin/delivery', icon: 'truck' }]],
  ['people', [{ at: 'users', href: '/admin/users', icon: 'users' }, { at: 'audit', href: '/admin/audit', icon: 'scroll-text' },
    { at: 'webhooks', href: '/admin/webhooks', icon: 'webhook' }, { at: 'jobs', href: '/admin/jobs', icon: 'list-checks' }]],
];

/** The sale that the live board is about: the one that runs, else the next, else the list. */
const live = signal({ href: '/admin/sales', running: false });

async function findLive() {
  const { items } = await api.get('/seckill');
  const sale = items.find((one) => one.state === 'live') ?? items.find((one) => one.state !== 'ended' && one.state !== 'cancelled');
  live.value = { href: sale ? `/admin/sales/${sale.id}/live` : '/admin/sales', running: sale?.state === 'live' };
}

/** @param {{at: string}} props */
function Side({ at }) {
  useEffect(() => { findLive().catch(() => {}); }, [at]);
  return html`<${Brand} href="/admin" /><nav aria-label=${t('adminCommon.console')}>${GROUPS.map(([group, entries]) => html`<ul>
      ${group && html`<li class="group">${t(/** @type {any} */ (`adminCommon.${group}`))}</li>`}
      ${entries.map((entry) => html`<li><a href=${entry.href || live.value.href} aria-current=${entry.at === at ? 'page' : undefined}><${Icon} name=${entry.icon} />${t(/** @type {any} */ (`adminCommon.${entry.at}`))}
        ${entry.at === 'liveSale' && live.value.running && html`<span class="dot ember"></span>`}</a></li>`)}</ul>`)}</nav>
    <${Me} />`;
}

function Me() {
  const who = user.value;
  if (!who) return null;
  const leave = async () => { await logOut().catch(() => {}); location.assign('/login?next=/admin'); };
  return html`<div class="me"><span class="avatar" aria-hidden="true">${[...who.user_name][0]?.toLocaleUpperCase()}</span>
    <div><b>${who.user_name}</b><small><button class="link" type="button" onClick=${() => void leave()}>${t('common.logOut')}</button> · <a class="link" href="/">${t('adminCommon.toShop')}</a></small></div></div>`;
}
