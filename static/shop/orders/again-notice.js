import { html } from '../../lib/html.js';
import { t } from '../../lib/i18n.js';
import { Notice } from '../../ui/notice.js';

/** What of an order could not be bought again as it was. @param {{again: import('./again.js').Again | null}} props */
export function AgainNotice({ again }) {
  if (!again?.said.length) return null;
  return html`<${Notice} kind="warn" alert><p><b>${t(again.added ? 'orders.againSome' : 'orders.againNone')}</b></p>
    <ul>${again.said.map((sentence) => html`<li>${sentence}</li>`)}</ul>
    ${again.added > 0 && html`<p><a class="link" href="/cart">${t('orders.seeBag')}</a></p>`}</${Notice}>`;
}
