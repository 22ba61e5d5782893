import { html, useEffect, useRef, useState } from '../lib/html.js';
import { t } from '../lib/i18n.js';
import { online } from '../lib/online.js';
import { Button } from './button.js';
import { Empty } from './empty.js';
import { problemText } from './error.js';

/** @typedef {import('../lib/problem.js').Problem} Problem */

/** @param {Problem} error @returns {{title: string, text: string, again: number | null}} `again`: seconds until it is tried by itself */
function describe(error) {
  if (error.code === 'offline') return { title: t('common.offlineTitle'), text: t('common.offlineText'), again: null };
  if (error.status === 404) return { title: t('common.goneTitle'), text: t('common.goneText'), again: null };
  if (error.status === 403) return { title: t('common.forbiddenTitle'), text: t('common.forbiddenText'), again: null };
  if (error.status === 429) return { title: t('common.busyTitle'), text: t('common.busyText'), again: error.retryAfter ?? 5 };
  if (error.status === 503) return { title: t('common.closedTitle'), text: t('common.closedText'), again: error.retryAfter ?? 10 };
  if (error.code === 'internal' && error.status === 0) return { title: t('common.brokenTitle'), text: t('common.errorNothing'), again: null };
  if (error.status === 0) return { title: t('common.downTitle'), text: t('common.downText'), again: 10 };
  return { title: t('common.errorTitle'), text: `${problemText(error)} ${t('common.errorNothing')}`, again: null };
}

/**
 * What failed, that nothing was bought, when it tries again, a button; the request's id under "Details".
 * @param {{error: Problem, retry?: () => void, page?: boolean}} props `page`: its title is the `h1`
 */
export function ErrorState({ error, retry, page }) {
  const { title, text, again } = describe(error);
  const left = useCountdown(retry ? again : null, error, retry);
  useRetryOnline(error, retry);
  const gone = error.status === 404;
  return html`<div role="alert"><${Empty} title=${title} text=${text} page=${page}>
    ${gone ? html`<${Button} href="/c">${t('common.toSearch')}</${Button}>`
      : retry && html`<${Button} kind="line" onClick=${retry}>${left ? t('common.retryIn', { n: left }) : t('common.retry')}</${Button}>`}
    ${error.requestId && !gone && html`<details class="details"><summary>${t('common.details')}</summary><code>${error.code} · ${t('common.requestId', { id: error.requestId })}</code></details>`}
  </${Empty}></div>`;
}

/** @param {number | null} seconds @param {Problem} error @param {(() => void) | undefined} act @returns {number | null} */
function useCountdown(seconds, error, act) {
  const [left, setLeft] = useState(seconds);
  useEffect(() => {
    setLeft(seconds);
    if (seconds === null) return undefined;
    const end = performance.now() + seconds * 1000;
    const timer = setInterval(() => {
      const rest = Math.ceil((end - performance.now()) / 1000);
      setLeft(rest);
      if (rest <= 0) { clearInterval(timer); act?.(); }
    }, 250);
    return () => clearInterval(timer);
  }, [error]);
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
