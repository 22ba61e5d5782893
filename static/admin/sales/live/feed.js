import { html } from '../../../lib/html.js';
import { t } from '../../../lib/i18n.js';
import { timeFine } from './words.js';

/** What happened, newest first. @param {{feed: import('./history.js').Happening[]}} props */
export function Feed({ feed }) {
  return html`<section class="panel" aria-labelledby="happened"><header><h2 id="happened">${t('adminLive.happened')}</h2><span class="note">${t('adminLive.sinceOpened')}</span></header>
    <div class="in"><ol class="feed tiny" tabindex="0" aria-labelledby="happened">${feed.map((one) => html`<li key=${one.id}><time datetime=${new Date(one.at).toISOString()}>${timeFine(one.at)}</time><span>${t(/** @type {any} */ (`adminLive.did_${one.key}`), one.params)}</span></li>`)}</ol></div></section>`;
}
