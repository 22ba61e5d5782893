/** Pages by address: history, links, scroll positions, guards. */
import { batch, signal } from '@preact/signals';
import { forgetFirstData } from './api.js';
import { loadTexts } from './i18n.js';
import { matchRoute, withQuery } from './match.js';
import { tab } from './storage.js';

/**
 * @typedef {object} PageProps
 * @property {Record<string, string>} params
 * @property {Record<string, string>} query
 */
/** @typedef {(props: PageProps) => any} Page */
/**
 * @typedef {object} Route
 * @property {string} path `/p/:id`
 * @property {() => Promise<{default: Page}>} load
 * @property {(path: string) => Promise<string | null>} [guard] null lets in, a path sends there instead
 * @property {string[]} [texts] areas of texts beyond those that every page has
 * @property {string} [at] the place of the menu that is marked as current
 */
/**
 * @typedef {object} Current
 * @property {Page} Page
 * @property {string} path
 * @property {Record<string, string>} params
 * @property {Record<string, string>} query
 * @property {string} key another page has another key; a changed query keeps it
 * @property {string} at
 */

export const current = signal(/** @type {Current | null} */ (null));
/** True from a press on a link until its page's script has come. */
export const navigating = signal(false);
/**
 * How one page gives way to another. lib/morph.js puts a view transition here, once the first page is there.
 * @type {{run: (swap: () => void, from: string, to: string) => void | Promise<void>}}
 */
export const change = { run: (swap) => swap() };

/** @type {Route[]} */
let routes = [];
/** @type {() => Promise<{default: Page}>} */
let loadNotFound;
/** @type {(error: unknown) => Page} */
let failedPage;
let turn = 0;
/** The address that is shown or being loaded, without its `#place`. */
let shown = '';
/** Whether the page that is coming was navigated to, and where it shall be scrolled. */
let arrival = { navigated: false, top: 0 };

/**
 * @param {{routes: Route[], notFound: () => Promise<{default: Page}>, failed: (error: unknown) => Page}} options
 */
export async function startRouter(options) {
  routes = options.routes;
  loadNotFound = options.notFound;
  failedPage = options.failed;
  history.scrollRestoration = 'manual';
  addEventListener('popstate', () => {
    if (shown === here()) return; // another place of this page: the browser has scrolled there
    void show(false, tab.get(scrollKey()) ?? 0);
  });
  addEventListener('pagehide', saveScroll);
  document.addEventListener('click', interceptClick);
  history.replaceState({ key: history.state?.key ?? newKey() }, '');
  const again = performance.getEntriesByType('navigation')[0];
  const reloaded = again instanceof PerformanceNavigationTiming && again.type !== 'navigate';
  await show(true, reloaded ? tab.get(scrollKey()) ?? 0 : 0);
}

const newKey = () => Math.random().toString(36).slice(2);
const scrollKey = () => `stampede_scroll:${history.state?.key}`;
const saveScroll = () => tab.set(scrollKey(), scrollY);
const here = () => location.pathname + location.search;

/**
 * Goes to another page of the shop.
 * @param {string} path
 * @param {{replace?: boolean}} [options]
 */
export async function navigate(path, { replace = false } = {}) {
  saveScroll();
  // The shop and the console are two programs: what one does not know is the other's, and loaded anew.
  if (!isPage(path.split(/[?#]/)[0])) return replace ? location.replace(path) : location.assign(path);
  const state = { key: replace ? history.state?.key ?? newKey() : newKey() };
  if (replace) history.replaceState(state, '', path);
  else history.pushState(state, '', path);
  return show(false, 0);
}

/**
 * Changes the query of this page: filters, tabs, the chosen SKU. The page stays and hears of it in its props.
 * @param {Record<string, string | number | boolean | null | undefined>} patch
 * @param {{replace?: boolean}} [options]
 */
export const setQuery = (patch, options) => setAddress(withQuery(here(), patch), options);

/**
 * Another address for the page that is shown, where a part of its state lives in the path.
 * @param {string} path
 * @param {{replace?: boolean}} [options]
 */
export function setAddress(path, { replace = true } = {}) {
  if (path === here()) return;
  shown = path;
  if (replace) history.replaceState(history.state, '', path);
  else { saveScroll(); history.pushState({ key: newKey() }, '', path); }
  const page = current.peek(), match = matchRoute(routes, location.pathname);
  if (page && match) current.value = { ...page, path: location.pathname, params: match.params, query: queryHere() };
}

const queryHere = () => Object.fromEntries(new URLSearchParams(location.search));

/**
 * Opens something of this page under an address of its own, such as one row of a list in a side panel. Going back closes
 * it again. @param {string} path an address that has the same page
 */
export function openWithin(path) {
  setAddress(path, { replace: false });
  history.replaceState({ ...history.state, within: true }, '');
}

/** Whether going back closes what `openWithin` opened. */
export const openedWithin = () => history.state?.within === true;

/** @param {boolean} first @param {number} top where to scroll to */
async function show(first, top) {
  const mine = ++turn;
  shown = here();
  const path = location.pathname, match = matchRoute(routes, path);
  const same = match && current.peek()?.key === keyOf(match, path);
  if (!first) forgetFirstData();
  if (!same) delete document.documentElement.dataset.ready;
  navigating.value = true;
  const elsewhere = match?.route.guard ? await match.route.guard(here()) : null;
  if (mine !== turn) return; // another link was pressed meanwhile
  if (elsewhere) return void navigate(elsewhere, { replace: true });
  const Page = await loadPage(match?.route ?? { load: loadNotFound });
  if (mine !== turn) return;
  arrival = { navigated: !first, top };
  const swap = () => batch(() => {
    navigating.value = false;
    current.value = { Page, path, params: match?.params ?? {}, query: queryHere(),
      key: match ? keyOf(match, path) : `none:${path}`, at: match?.route.at ?? '' };
  });
  await change.run(swap, current.peek()?.path ?? '', path);
  if (same) requestAnimationFrame(() => scrollTo(0, top));
}

/** @param {{route: Route}} match @param {string} path */
const keyOf = (match, path) => `${match.route.path}:${path}`;

/** @param {{load: () => Promise<{default: Page}>, texts?: string[]}} route @returns {Promise<Page>} */
async function loadPage({ load, texts = [] }) {
  try {
    const [page] = await Promise.all([load(), loadTexts(texts)]);
    return page.default;
  } catch (error) {
    // A script that does not come: no network, or the shop was renewed and the old files are gone.
    console.warn('a page could not be loaded', error);
    return failedPage(error);
  }
}

/** Called by a page once its first data is shown: scrolls, and moves the focus of those who navigated. */
export function pageShown() {
  const root = document.documentElement;
  if (root.dataset.ready) return;
  root.dataset.ready = 'true';
  const { navigated, top } = arrival;
  const target = location.hash && document.getElementById(location.hash.slice(1));
  if (!navigated) { if (top) scrollTo(0, top); else if (target) target.scrollIntoView(); return; }
  const heading = document.querySelector('main h1');
  if (heading instanceof HTMLElement) {
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  }
  if (target) target.scrollIntoView();
  else scrollTo({ top, behavior: 'instant' });
}

/** @param {MouseEvent} event */
function interceptClick(event) {
  if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  if (!link || link.target || link.hasAttribute('download') || link.origin !== location.origin) return;
  if (!isPage(link.pathname)) return;
  if (link.hash && link.pathname === location.pathname && link.search === location.search) return;
  event.preventDefault();
  void navigate(link.pathname + link.search + link.hash, { replace: link.href === location.href });
}

/** Ours, and not a file, the reference, or the other of shop and console. @param {string} path */
const isPage = (path) => matchRoute(routes, path) !== null;
