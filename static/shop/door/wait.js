import { html } from '../../lib/html.js';
import { t } from '../../lib/i18n.js';
import { rich } from '../../lib/rich.js';
import { minutesSeconds } from '../../lib/time.js';
import { problemText } from '../../ui/error.js';
import { Notice, ProblemNotice } from '../../ui/notice.js';

/** @typedef {import('../../lib/problem.js').Problem} Problem */

/**
 * A refusal where it arose; with a time to wait it runs down, and goes when the button is back.
 * @param {{error: Problem | null, left: number}} props `left` from `usePause(error)`
 */
export function WaitNotice({ error, left }) {
  if (!error) return null;
  if (!error.retryAfter) return html`<${ProblemNotice} error=${error} />`;
  if (!left) return null;
  const timer = (/** @type {string} */ time) => html`<b class="num" role="timer">${time}</b>`;
  const time = left < 60 ? t('login.secondsLong', { n: left }) : minutesSeconds(left * 1000);
  return html`<${Notice} kind="warn" alert>${problemText(error)} ${rich('login.backIn', { time: timer }, { time })}</${Notice}>`;
}
