/** What moved between the quote and the press, when the shop refused the order because of it. */
import { html } from '../../lib/html.js';
import { sentences, t } from '../../lib/i18n.js';
import { money } from '../../lib/money.js';
import { rich } from '../../lib/rich.js';
import { Notice } from '../../ui/notice.js';
import { reasonText } from '../quote/code-box.js';

/** No price of a line moved, and the sum did. @param {{from: number, to: number}} props */
export const TotalNotice = ({ from, to }) => html`<${Notice} kind="warn" alert>${rich('checkout.totalNow', {}, { from: money(from, { exact: true }), to: money(to, { exact: true }) })}</${Notice}>`;

/** @param {{error: import('../../lib/problem.js').Problem}} props `promotion_rejected` */
export function CodesNotice({ error }) {
  /** @type {import('../../types/api.js').RejectedCode[]} */
  const refused = error.more.codes ?? [];
  return html`<${Notice} kind="warn" alert><p>${rich('checkout.codesRefused')}</p>
    <ul>${refused.map(({ code, reason }) => html`<li key=${code}><b>${code}</b>${t('checkout.codeColon')}${reasonText(reason)}</li>`)}</ul>
    <p>${sentences([t('checkout.nothingOrdered'), t('checkout.sumIsNew')])}</p></${Notice}>`;
}
