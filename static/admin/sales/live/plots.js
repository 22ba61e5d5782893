import { html, useState } from '../../../lib/html.js';
import { number, t } from '../../../lib/i18n.js';
import { timeExact, timeOfDay } from '../../../lib/time.js';
import { ChartPanel, Legend } from '../../../ui/chart.js';
import { Segment } from '../../../ui/segment.js';
import { ANSWERS } from './history.js';
import { short } from './words.js';

/** @typedef {import('./history.js').History} History */

/** How much of the past and of the future a plot shows, and how far its ticks are apart, in seconds. */
const SPANS = /** @type {const} */ ({ minute: { past: 36, future: 24, tick: 15 }, five: { past: 190, future: 110, tick: 60 }, quarter: { past: 570, future: 330, tick: 180 } });

/** Three plots on one axis of time. @param {{history: History, opens: number, out: {at: number} | null}} props */
export function Plots({ history, opens, out }) {
  const [span, setSpan] = useState(/** @type {keyof typeof SPANS} */ ('minute'));
  const { past, future, tick } = SPANS[span], now = history.seconds.at(-1);
  if (!now) return null;
  const from = now.at - past * 1000, to = now.at + future * 1000;
  const all = history.seconds, start = all.findIndex((one) => one.at >= from), seconds = all.slice(Math.max(0, start));
  const axis = { xs: seconds.map((one) => one.at), from, to, ticks: ticksOf(from, to, tick), marks: opens >= from && opens <= to ? [{ at: opens }] : [],
    bands: history.gaps.filter((gap) => gap.to > from).map((gap) => ({ from: Math.max(gap.from, from), to: gap.to })),
    xLabel: (/** @type {number} */ i) => timeExact(seconds[i].at), xName: t('adminLive.second') };
  const time = timeExact(now.at), told = ANSWERS.filter(([, own]) => now.rates[own] > 0).map(([, own]) => t('adminLive.figure', { n: number(now.rates[own]), name: t(`adminLive.${own}`) }));
  const slow = Math.max(...seconds.map((one) => one.p99), 1);
  return html`<div class="row between"><h2 class="group-head">${t('adminLive.course')}</h2><${Segment} label=${t('adminLive.span')} value=${span} options=${[{ value: 'minute', label: t('adminLive.spanMinute') }, { value: 'five', label: t('adminLive.spanFive') }, { value: 'quarter', label: t('adminLive.spanQuarter') }]} onChange=${setSpan} /></div>
    <${ChartPanel} kind="line" title=${t('adminLive.unitsLeft')} note=${out ? t('adminLive.emptyAt', { left: now.left, time: timeExact(out.at) }) : t('adminLive.leftNow', { left: now.left })} height=${9.5} ...${axis} axis=${short} top=${now.total}
      series=${[{ key: 'left', name: t('adminLive.left'), values: seconds.map((one) => one.left), colour: '--d-won', area: true }]} forecast=${out && [[now.at, now.left], cut(now.at, now.left, out.at, to)]}
      finding=${t('adminLive.leftFinding', { from: seconds[0].left, then: timeExact(seconds[0].at), left: now.left, time })} />
    <${ChartPanel} kind="stack" title=${t('adminLive.byAnswer')} height=${14.5} ...${axis} axis=${short} top=${10} flag=${false}
      series=${ANSWERS.map(([, own]) => ({ key: own, name: t(`adminLive.${own}`), values: seconds.map((one) => one.rates[own]), colour: `--d-${own}` }))}
      note=${html`<${Legend} items=${ANSWERS.filter(([, own]) => seconds.some((one) => one.rates[own] > 0)).map(([, own]) => ({ colour: `--d-${own}`, name: t(`adminLive.${own}`) }))} />`}
      finding=${told.length ? t('adminLive.answersFinding', { time, what: told.join(t('adminLive.comma')) }) : t('adminLive.noClaims', { time })} />
    <${ChartPanel} kind="line" title=${t('adminLive.time')} height=${6.5} ...${axis} whole=${slow > 4} top=${Math.min(slow, 4)} format=${ms} axis=${(/** @type {number} */ n) => number(n)} flag=${false}
      series=${[{ key: 'p50', name: 'p50', values: seconds.map((one) => one.p50 || Number.NaN), colour: '--edge' }, { key: 'p99', name: 'p99', values: seconds.map((one) => one.p99 || Number.NaN), colour: '--d-line' }]}
      note=${t('adminLive.inMs')} finding=${t('adminLive.timeFinding', { time, p50: ms(now.p50), p99: ms(now.p99) })} />`;
}

/** @param {number} n milliseconds, as people read them */
export const ms = (n) => (!n ? '–' : n < 0.1 ? '< 0.1' : n < 10 ? number(Math.round(n * 10) / 10) : number(Math.round(n)));

/** The end of the forecast, cut at the edge of the plot. @param {number} x0 @param {number} y0 @param {number} x1 where it is zero @param {number} edge @returns {[number, number]} */
const cut = (x0, y0, x1, edge) => (x1 <= edge ? [x1, 0] : [edge, y0 * (1 - (edge - x0) / (x1 - x0))]);

/** Round moments below the axis; all but the first of a minute are short. @param {number} from @param {number} to @param {number} tick seconds */
function ticksOf(from, to, tick) {
  const step = tick * 1000, ticks = [];
  for (let at = Math.ceil(from / step) * step; at <= to; at += step) {
    const whole = at % 60_000 === 0;
    ticks.push({ at, label: tick >= 60 ? timeOfDay(at) : whole || !ticks.length ? timeExact(at) : `:${timeExact(at).slice(-2)}` });
  }
  return ticks;
}
