/** Starts the shop or the console: texts, session, router, first rendering. */
import { html, render, useState, Component } from './html.js';
import { api } from './api.js';
import { loadTexts, t } from './i18n.js';
import { usePage } from './page.js';
import { asProblem } from './problem.js';
import { current, startRouter } from './router.js';
import { restoreSession } from './session.js';
import { ErrorState } from '../ui/error.js';

/** The server's markup gives way to ours at the latest after this time, ready or not. */
const PATIENCE_MS = 4000;

/**
 * Ends when the first page is shown.
 * @param {object} options
 * @param {string[]} options.texts areas that every page has
 * @param {import('./router.js').Route[]} options.routes
 * @param {() => Promise<{default: import('./router.js').Page}>} options.notFound
 * @param {any} options.Shell takes the page as children
 */
export async function start({ texts, routes, notFound, Shell }) {
  void restoreSession();
  await loadTexts(texts);
  const { stage, shown } = makeStage();
  await startRouter({ routes, notFound, failed: failedPage });
  render(html`<${App} Shell=${Shell} />`, stage);
  await shown;
  loadProblemTexts();
}

/** Refusals come after the first page at the earliest: their words need not hold it up. */
function loadProblemTexts() {
  loadTexts(['problems']).catch(() => addEventListener('online', loadProblemTexts, { once: true }));
}

/**
 * We render beside the server's markup, unseen, and change places once the page has something to show: nothing flashes.
 */
function makeStage() {
  const served = document.getElementById('app');
  const stage = document.createElement('div');
  stage.hidden = true;
  document.body.append(stage);
  /** @type {() => void} */
  let resolve;
  const shown = new Promise((/** @type {(value: void) => void} */ done) => { resolve = done; });
  const swap = () => {
    clearTimeout(timer);
    served?.remove();
    stage.id = 'app';
    stage.hidden = false;
  };
  const watcher = new MutationObserver(() => {
    if (!document.documentElement.dataset.ready) return;
    watcher.disconnect();
    swap();
    resolve();
  });
  watcher.observe(document.documentElement, { attributeFilter: ['data-ready'] });
  const timer = setTimeout(swap, served?.childElementCount ? PATIENCE_MS : 0);
  return { stage, shown };
}

/** @param {{Shell: any}} props */
function App({ Shell }) {
  const page = current.value;
  if (!page) return null;
  const { Page, params, query, key, at } = page;
  return html`<${Shell} at=${at} path=${page.path}>
    <${Catch} key=${key}><${Page} params=${params} query=${query} /></${Catch}>
  </${Shell}>`;
}

/** @param {unknown} error */
const failedPage = (error) => () => html`<${Failed} error=${error} />`;

/** A page whose script did not come, or that broke: loaded anew once the shop answers, since until then there would be no page at all. @param {{error: unknown}} props */
function Failed({ error: first }) {
  const [{ error, busy }, set] = useState({ error: asProblem(first), busy: false });
  usePage({ title: t('common.errorTitle') });
  const retry = async () => {
    set({ error, busy: true });
    try {
      await api.get('/ping', { timeout: 5000 });
      location.reload();
    } catch (thrown) { set({ error: asProblem(thrown), busy: false }); }
  };
  return html`<div class="wrap waiting"><${ErrorState} error=${error} retry=${retry} busy=${busy} page /></div>`;
}

/** What breaks while it renders becomes an error state, and the rest of the shop goes on. */
class Catch extends Component {
  /** @type {{error: unknown}} */
  state = { error: null };

  /** @param {unknown} error */
  componentDidCatch(error) {
    console.error(error);
    this.setState({ error });
  }

  render() {
    return this.state.error ? html`<${Failed} error=${this.state.error} />` : /** @type {any} */ (this.props).children;
  }
}
