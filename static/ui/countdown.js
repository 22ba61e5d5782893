import { html, useEffect, useRef, useState } from '../lib/html.js';
import { t } from '../lib/i18n.js';
import { shopNow, syncClock } from '../lib/clock.js';
import { useTick } from '../lib/page.js';
import { parts } from '../lib/time.js';

const still = () => matchMedia('(prefers-reduced-motion: reduce)').matches;
const two = (/** @type {number} */ n) => String(n).padStart(2, '0');

/**
 * Time until an instant of the shop's clock. Days from 24 h on, tenths in the last minute, units below.
 * The figures are no live region; a region of its own speaks at ten minutes, one minute, ten seconds.
 * @param {{until: string | number, onEnd?: () => void, speak?: boolean, tenths?: boolean}} props
 */
export function Countdown({ until, onEnd, speak = true, tenths = true }) {
  const at = typeof until === 'number' ? until : Date.parse(until);
  const left = at - shopNow();
  const fine = tenths && left < 60_000 && !still();
  useTick(fine ? 100 : 250, left > 0);
  useEffect(() => { void syncClock(); }, []);
  const ended = useRef(false), over = left <= 0;
  useEffect(() => { ended.current = false; }, [at]);
  useEffect(() => {
    if (over && !ended.current) { ended.current = true; onEnd?.(); }
  }, [over]);
  return html`<${Figures} left=${left} fine=${fine} />${speak && html`<${Speaker} left=${left} />`}`;
}

/** @param {{left: number, fine: boolean}} props */
function Figures({ left, fine }) {
  const { days, hours, minutes, seconds, tenths } = parts(left);
  const all = /** @type {[string, string][]} */ ([[String(days), t('common.days', { n: days })], [two(hours), t('common.hours')],
    [two(minutes), t('common.minutes')], [two(seconds), t('common.seconds')]]);
  const shown = all.slice(days ? 0 : hours ? 1 : 2, days ? 3 : 4);
  return html`<p class="clock" role="timer" aria-label=${t('common.timeLeft')}>
    ${shown.map(([value, unit], i) => html`${i ? html`<i aria-hidden="true">:</i>` : null}<span>${value}<small>${unit}</small></span>`)}
    ${fine && html`<span class="tenth" aria-hidden="true">.${tenths}</span>`}
  </p>`;
}

const MARKS = /** @type {const} */ ([[600_000, 'common.tenMinutes'], [60_000, 'common.oneMinute'], [10_000, 'common.tenSeconds']]);

/** Speaks at ten minutes, one minute, ten seconds. @param {{left: number}} props ms */
export function Speaker({ left }) {
  const before = useRef(left);
  const [said, say] = useState('');
  useEffect(() => {
    for (const [mark, key] of MARKS) if (before.current > mark && left <= mark && left > 0) say(t(key));
    before.current = left;
  }, [left]);
  return html`<span class="unseen" role="status">${said}</span>`;
}
