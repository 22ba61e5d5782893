import { html } from '../lib/html.js';
import { t } from '../lib/i18n.js';
import { withQuery } from '../lib/match.js';
import { sessionEnded, user } from '../lib/session.js';
import { breakable } from '../lib/rich.js';
import { Brand } from '../ui/brand.js';
import { Icon } from '../ui/icon.js';
import { Notice } from '../ui/notice.js';
import { OfflineBar } from '../ui/offline.js';
import { ToastHost } from '../ui/toast.js';
import { count } from './bag.js';
import { Footer } from './footer.js';
import { openSales } from './sales-store.js';
import { SearchBox, SearchOpener } from './search-box.js';
import { currentRoot, roots } from './shelves.js';

/** Shelves in the header, as far as there is room; the others are a step away. */
const SHELVES = 4;

/** Header, page, footer, tab bar. @param {{at: string, path: string, children?: any}} props */
export function Shell({ at, path, children }) {
  return html`<div class="shop">
    <a class="skip" href="#main">${t('common.skip')}</a>
    <${Header} at=${at} path=${path} /><${OfflineBar} />
    <main id="main" tabindex="-1"><${SessionEnded} path=${path} />${children}</main>
    <${Footer} path=${path} /><${TabBar} at=${at} /><${ToastHost} />
  </div>`;
}

/** @param {{at: string, path: string}} props */
function Header({ at, path }) {
  const inThisSale = at === 'sale' ? 'page' : undefined;
  return html`<header class="bar"><div class="wrap">
    <${Brand} />
    <nav aria-label=${t('common.shop')}>
      <div class="shelves">${roots.value.slice(0, SHELVES).map((one) => html`<a href=${`/c/${one.id}`} aria-current=${at === 'browse' && one.id === currentRoot.value ? 'page' : undefined}>${one.name}</a>`)}</div>
      <a href="/sales" aria-current=${inThisSale}>${openSales.value.length > 0 && html`<span class="dot ember"></span>`}${t('common.flashSale')}</a>
    </nav>
    <div class="tools"><${SearchBox} />
      <${SearchOpener} />
      <a class="icon-btn" href="/favorites" aria-label=${t('common.favourites')} aria-current=${at === 'favourites' ? 'page' : undefined}><${Icon} name="heart" /></a>
      <a class="icon-btn desk-only" href="/cart" aria-label=${bagLabel()}><${Icon} name="shopping-bag" /><${BagDot} /></a>
      <${AccountLink} path=${path} />
    </div>
  </div></header>`;
}

const bagLabel = () => (count.value ? t('common.bagCount', { n: count.value }) : t('common.bagEmpty'));
const BagDot = () => (count.value ? html`<span class="count-dot" aria-hidden="true" data-count=${count.value > 99 ? '99+' : count.value}></span>` : null);

/** @param {{path: string}} props */
function AccountLink({ path }) {
  const who = user.value;
  if (!who) {
    const next = path === '/login' || path === '/register' || path === '/' ? null : path;
    return html`<a class="icon-btn desk-only" href=${withQuery('/login', { next })} aria-label=${t('common.logIn')}><${Icon} name="user-round" /></a>`;
  }
  const name = who.nick_name || who.user_name;
  return html`<a class="icon-btn desk-only" href="/account" aria-label=${t('common.accountOf', { name })}>
    ${who.avatar ? html`<img class="avatar" src=${who.avatar.variants.thumb} alt="" />` : html`<span class="avatar" aria-hidden="true">${initial(name)}</span>`}</a>`;
}

/** @param {string} name */
const initial = (name) => [...name][0]?.toLocaleUpperCase() ?? '';

/** These say it themselves. */
const TOLD_THERE = ['/login', '/account', '/wallet', '/addresses'];

/** @param {{path: string}} props */
function SessionEnded({ path }) {
  if (!sessionEnded.value || TOLD_THERE.includes(path)) return null;
  return html`<div class="wrap ended-notice"><${Notice} kind="warn" alert>${t('common.sessionEnded')} <a class="link" href=${withQuery('/login', { next: path })}>${t('common.logIn')}</a></${Notice}></div>`;
}

const TABS = /** @type {const} */ ([['home', '/', 'house'], ['browse', '/c', 'layout-grid'], ['sale', '/sales', 'timer'], ['bag', '/cart', 'shopping-bag'], ['you', '/account', 'user-round']]);

/** @param {{at: string}} props */
function TabBar({ at }) {
  return html`<nav class="tabbar" aria-label=${t('common.main')}>${TABS.map(([key, href, icon]) => html`<a href=${href} aria-current=${key === at ? 'page' : undefined}
    aria-label=${key === 'bag' ? bagLabel() : undefined}><${Icon} name=${icon} />${key === 'bag' && html`<${BagDot} />`}${breakable(t(`common.${key}`))}</a>`)}</nav>`;
}
