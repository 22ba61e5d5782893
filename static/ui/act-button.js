import { html, useEffect, useState } from '../lib/html.js';
import { t } from '../lib/i18n.js';
import { online } from '../lib/online.js';
import { minutesSeconds } from '../lib/time.js';
import { Button } from './button.js';

/** Longer pauses are written as `14:05`. */
const LONG_SECS = 60;

/** Seconds until the shop takes another try, counted down. @param {import('../lib/problem.js').Problem | null} [error] @returns {number} */
export function usePause(error) {
  const [left, setLeft] = useState(0);
  useEffect(() => {
    if (!error?.retryAfter) { setLeft(0); return undefined; }
    const end = performance.now() + error.retryAfter * 1000;
    const count = () => setLeft(Math.max(0, Math.ceil((end - performance.now()) / 1000)));
    count();
    const timer = setInterval(count, 250);
    return () => clearInterval(timer);
  }, [error]);
  return left;
}

/**
 * A button that asks the shop for something: without a network, or while the shop has asked for a pause, it says what it waits for.
 * @param {{error?: import('../lib/problem.js').Problem | null, disabled?: boolean, children?: any, [more: string]: any}} props `error` of the last press
 */
export function ActButton({ error = null, disabled, children, ...rest }) {
  const left = usePause(error), off = !online.value;
  const waits = off ? t('common.waitsForNetwork') : left >= LONG_SECS ? t('common.againInMinutes', { time: minutesSeconds(left * 1000) }) : left ? t('common.retryIn', { n: left }) : null;
  return html`<${Button} disabled=${disabled || waits !== null} ...${rest}>${waits ?? children}</${Button}>`;
}
