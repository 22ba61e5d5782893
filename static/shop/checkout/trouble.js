import { html } from '../../lib/html.js';
import { t } from '../../lib/i18n.js';
import { withQuery } from '../../lib/match.js';
import { rich } from '../../lib/rich.js';
import { endSession } from '../../lib/session.js';
import { problemText } from '../../ui/error.js';
import { Notice } from '../../ui/notice.js';

/** @typedef {import('../../lib/problem.js').Problem} Problem */

/** Where a log-in leads back to: this page, as it stands. */
export const backHere = () => withQuery('/login', { next: location.pathname + location.search });

/** The log-in has ended: a link to another one, and back. @param {string} text */
export const logInLink = (text) => html`<a class="link" href=${backHere()} onClick=${endSession}>${text}</a>`;

/**
 * What went wrong with a press, where it arose, and whether anything was ordered or paid.
 * @param {{error: Problem | null, unknown: import('../../lib/i18n.js').Key}} props `unknown`: what is said when nobody knows whether it took effect
 */
export function Trouble({ error, unknown }) {
  if (!error) return null;
  if (error.code === 'unauthenticated') return html`<${Notice} kind="warn" alert>${rich('checkout.sessionOver', { a: logInLink })}</${Notice}>`;
  if (error.code === 'too_many_open_orders') return html`<${Notice} kind="bad" alert>${rich('checkout.tooManyOpen', { a: (text) => html`<a class="link" href="/orders?status=unpaid">${text}</a>` })}</${Notice}>`;
  if (error.code === 'offline') return html`<${Notice} kind="warn" alert>${t('problems.offline')}</${Notice}>`;
  if (error.status === 503 || error.status === 429) return html`<${Notice} kind="warn" alert>${t('checkout.busyNothing')}</${Notice}>`;
  if (error.unknownOutcome) return html`<${Notice} kind="warn" alert>${t(unknown)}</${Notice}>`;
  return html`<${Notice} kind="bad" alert>${problemText(error)}</${Notice}>`;
}
