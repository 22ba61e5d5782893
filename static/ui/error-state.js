import { html, useEffect, useRef, useState } from '../lib/html.js';
import { loadTexts, t } from '../lib/i18n.js';
import { withQuery } from '../lib/match.js';
import { online } from '../lib/online.js';
import { Button } from './button.js';
import { Empty } from './empty.js';
import { problemText } from './error.js';
import { Icon } from './icon.js';

/** @typedef {import('../lib/problem.js').Problem} Problem */

/** Seconds until an unreachable shop is asked again: patient, so that a shop which starts is not run down. */
const WAITS = [5, 10, 20, 30];

/** @param {Problem} error @returns {{title: string, text: string, again: boolean}} `again`: it is tried by itself */
export function describe(error) {
  if (error.code === 'offline') return { title: t('common.offlineTitle'), text: t('common.offlineText'), again: false };
  if (error.status === 401) return { title: t('common.endedTitle'), text: t('common.endedText'), again: false };
  if (error.status === 404) return { title: t('common.goneTitle'), text: t('common.goneText'), again: false };
  if (error.status === 403) return { title: t('common.forbiddenTitle'), text: t('common.forbiddenText'), again: false };
  if (error.status === 429) return { title: t('common.busyTitle'), text: t('common.busyText'), again: true };
  if (error.status === 503) return { title: t('common.closedTitle'), text: t('common.closedText'), again: true };
  if (error.code === 'internal' && error.status === 0) return { title: t('common.brokenTitle'), text: t('common.errorNothing'), again: false };
  if (error.status === 0) return { title: t('common.downTitle'), text: t('common.downText'), again: true };
  return { title: t('common.errorTitle'), text: `${problemText(error)} ${t('common.errorNothing')}`, again: false };
}

/**
 * What failed, that nothing was bought, when it tries again, a button; the request's id under "Details".
 * @param {{error: Problem, retry?: () => void, busy?: boolean, page?: boolean}} props `busy`: it is being asked again; `page`: its title is the `h1`
 */
export function ErrorState({ error, retry, busy, page }) {
  const [, worded] = useState(false);
  // The words of refusals come after the first page, which may be this one.
  useEffect(() => { loadTexts(['problems']).then(() => worded(true), () => {}); }, []);
  const { title, text, again } = describe(error);
  const left = useCountdown(error, again && !busy ? retry : undefined);
  useRetryOnline(error, retry);
  const gone = error.status === 404, ended = error.status === 401;
  // The seconds stand in a timer, which is no live region: an alert would say each of them.
  const words = html`${text}${left > 0 && html` <span role="timer">${t('common.againIn', { n: left })}</span>`}`;
  return html`<div role="alert"><${Empty} title=${title} text=${words} page=${page} icon=${error.code === 'offline' && html`<${Icon} name="wifi-off" />`}>
    ${gone ? html`<${Button} href="/c">${t('common.toSearch')}</${Button}>`
      : ended ? html`<${Button} href=${withQuery('/login', { next: location.pathname + location.search })}>${t('common.logIn')}</${Button}>`
        : retry && html`<${Button} kind="line" busy=${busy} onClick=${retry}>${t(again ? 'common.retryNow' : 'common.retry')}</${Button}>`}
    ${error.requestId && !gone && !ended && html`<details class="details"><summary>${t('common.details')}</summary><code>${error.code} · ${t('common.requestId', { id: error.requestId })}</code></details>`}
  </${Empty}></div>`;
}

/** @param {Problem} error @param {(() => void) | undefined} act @returns {number} seconds left; 0 when nothing is waited for */
function useCountdown(error, act) {
  const tries = useRef(0);
  const [left, setLeft] = useState(0);
  useEffect(() => {
    if (!act) { setLeft(0); return undefined; }
    const seconds = Math.max(1, error.retryAfter ?? WAITS[Math.min(tries.current, WAITS.length - 1)]);
    tries.current += 1;
    setLeft(Math.ceil(seconds));
    const end = performance.now() + seconds * 1000;
    const timer = setInterval(() => {
      const rest = Math.max(0, Math.ceil((end - performance.now()) / 1000));
      setLeft(rest);
      if (rest === 0) { clearInterval(timer); act(); }
    }, 250);
    return () => clearInterval(timer);
  }, [error, !act]);
  return left;
}

/** @param {Problem} error @param {(() => void) | undefined} retry */
function useRetryOnline(error, retry) {
  const was = useRef(online.value), is = online.value;
  useEffect(() => {
    if (is && !was.current && error.status === 0) retry?.();
    was.current = is;
  }, [is]);
}
