/**
 * Charts: the drawing is an SVG that stretches, the words are HTML. Zero-based, named beside their values, with a line
 * at the moment that is read: the last one, or where the pointer or the arrow keys are.
 *
 * `<${ChartPanel} title="Sales by day" finding="…" kind="bars" xs=${days} series=${[{ key, name, values, colour }]}
 *    xLabel=${(i) => dayMonth(days[i])} format=${money} ticks=${[{ at, label }]} />`
 */
import { classes, html, useId, useState } from '../lib/html.js';
import { number, t } from '../lib/i18n.js';
import { gridSteps, ground, nearest, path, pushApart, stack, unbroken } from './chart-scale.js';
import { ChartTable } from './chart-table.js';

/**
 * @typedef {object} Series
 * @property {string} key
 * @property {string} name
 * @property {number[]} values one for each of `xs`; NaN where a line has nothing to show
 * @property {string} [colour] a custom property, such as `--d-won`
 * @property {boolean} [area] a line with its ground tinted
 */
/**
 * @typedef {object} ChartProps
 * @property {string} finding what the chart shows, in a sentence: its name for those who do not see it
 * @property {'bars' | 'line' | 'stack'} kind
 * @property {number[]} xs instants or other numbers, ascending; bars stand side by side
 * @property {Series[]} series bars have one; a stack is given from the bottom
 * @property {(i: number) => string} xLabel names a place: a day, a second
 * @property {string} [xName] head of that column in the table
 * @property {(n: number) => string} [format] a figure in words
 * @property {(n: number) => string} [axis] a figure at the axis, shorter
 * @property {boolean} [whole] false: the axis may have fractions
 * @property {number} [height] rem
 * @property {number} [from] where the axis of xs begins and ends, when that is not the first and the last of them
 * @property {number} [to]
 * @property {number} [top] the highest figure that must have room
 * @property {{at: number, label: string}[]} [ticks] words below the axis, at xs
 * @property {{at: number}[]} [marks] dashed lines, such as the opening of a sale
 * @property {{from: number, to: number}[]} [bands] hatched spans of the axis in which nothing was seen
 * @property {[number, number][]} [forecast] a dotted line, x and value
 * @property {(i: number) => string} [barClass] `today`, `saleday`
 * @property {number[]} [told] bars with their figure above them
 * @property {boolean} [flag] false: no word above the line at rest
 */

/** @param {ChartProps} props */
export function Chart(props) {
  const { finding, xs, series, height = 12, ticks = [], marks = [], bands = [], xLabel, format = number, axis = format } = props;
  const [picked, pick] = useState(/** @type {number | null} */ (null));
  const scale = scaleOf(props), last = xs.length - 1;
  const at = picked === null ? last : Math.min(picked, last);
  const words = last < 0 ? '' : [xLabel(at), ...series.map((one) => (series.length > 1 ? `${one.name} ${format(one.values[at])}` : format(one.values[at])))].join(', ');
  const hover = (/** @type {any} */ event) => {
    const box = event.currentTarget.getBoundingClientRect();
    if (last >= 0) pick(nearest(xs.map((_, i) => scale.x(i)), (event.clientX - box.left) / box.width));
  };
  const key = (/** @type {KeyboardEvent} */ event) => {
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: last, Escape: null }[event.key];
    if (to === undefined || last < 0) return;
    event.preventDefault();
    pick(to === null ? null : Math.min(Math.max(to, 0), last));
  };
  return html`<div class="chart-room"><div class="chart" role="img" tabindex="0" aria-label=${finding} style=${{ '--h': `${height}rem` }}
      onPointerMove=${hover} onPointerDown=${hover} onPointerLeave=${() => pick(null)} onKeyDown=${key} onBlur=${() => pick(null)}>
      <svg viewBox="0 0 1000 100" preserveAspectRatio="none" aria-hidden="true">
        ${scale.steps.map((step) => html`<path class="gridline" d=${`M0 ${100 - scale.y(step) * 100}H1000`} />`)}
        <${Drawing} of=${props} scale=${scale} at=${picked} />
      </svg>
      ${scale.steps.map((step) => html`<span class="y" style=${{ top: `${100 - scale.y(step) * 100}%` }}>${axis(step)}</span>`)}
      ${bands.map((band) => html`<i class="band" style=${{ left: percentOf(scale.place(band.from)), width: percentOf(scale.place(band.to) - scale.place(band.from)) }}></i>`)}
      ${marks.map((mark) => html`<i class="mark-open" style=${{ left: percentOf(scale.place(mark.at)) }}></i>`)}
      <${Reading} of=${props} scale=${scale} at=${at} picked=${picked !== null} />
      ${ticks.map(({ at: x, label }) => html`<span class=${classes('x', scale.place(x) <= 0.02 && 'first', scale.place(x) >= 0.98 && 'last')} style=${{ left: percentOf(scale.place(x)) }}>${label}</span>`)}
    </div><p class="unseen" role="status">${picked === null ? '' : words}</p></div>`;
}

const percentOf = (/** @type {number} */ share) => `${(share * 100).toFixed(2)}%`;

/** @typedef {ReturnType<typeof scaleOf>} Scale */

/** @param {ChartProps} props */
function scaleOf({ kind, xs, series, whole, from = xs[0] ?? 0, to = xs[xs.length - 1] ?? 1, top = 0 }) {
  const sums = kind === 'stack' ? xs.map((_, i) => series.reduce((sum, one) => sum + (one.values[i] ?? 0), 0)) : series.flatMap((one) => one.values);
  const steps = gridSteps(Math.max(top, ...sums.filter((sum) => !Number.isNaN(sum)), 0), { whole }), max = steps[steps.length - 1];
  const span = to - from || 1;
  const place = kind === 'bars' ? (/** @type {number} */ x) => (nearest(xs, x) + 0.5) / Math.max(1, xs.length)
    : (/** @type {number} */ x) => (x - from) / span;
  const x = kind === 'bars' ? (/** @type {number} */ i) => (i + 0.5) / Math.max(1, xs.length) : (/** @type {number} */ i) => place(xs[i]);
  return { steps, max, place, x, y: (/** @type {number} */ value) => Math.max(0, value) / max };
}

/** @param {{of: ChartProps, scale: Scale, at: number | null}} props */
function Drawing({ of: { kind, xs, series, barClass, forecast }, scale, at }) {
  if (kind === 'bars') {
    const room = 1000 / Math.max(1, xs.length);
    return series[0].values.map((value, i) => html`<rect class=${classes('bar-col', barClass?.(i), i === at && 'read')} x=${i * room + room * 0.14} width=${room * 0.72}
      y=${100 - scale.y(value) * 100} height=${scale.y(value) * 100} />`);
  }
  if (kind === 'stack') {
    return stack(series, scale.x, scale.max).map(({ key, d }, i) => html`<path key=${key} class="layer" d=${d} style=${{ fill: `var(${series[i].colour})` }} />`);
  }
  return html`${series.map((one) => {
    const points = one.values.map((value, i) => /** @type {[number, number]} */ ([scale.x(i), scale.y(value)])), colour = `var(${one.colour ?? '--d-line'})`;
    return html`<g key=${one.key}>${one.area && html`<path class="tint" d=${ground(points)} style=${{ fill: colour }} />`}
      <path class="line" d=${unbroken(points).map(path).join('')} style=${{ stroke: colour }} /></g>`;
  })}${forecast && html`<path class="forecast" d=${path(forecast.map(([x, value]) => [scale.place(x), scale.y(value)]))} style=${{ stroke: `var(${series[0].colour ?? '--d-line'})` }} />`}`;
}

/** The line at the moment that is read, with its figures. @param {{of: ChartProps, scale: Scale, at: number, picked: boolean}} props */
function Reading({ of: props, scale, at, picked }) {
  const { kind, series, xLabel, format = number, told = [], flag = true } = props;
  if (at < 0) return null;
  const x = scale.x(at), edge = x < 0.12 ? 'start' : x > 0.88 ? 'end' : '';
  if (kind === 'bars') {
    const values = series[0].values;
    return html`${told.filter((i) => !picked || Math.abs(i - at) > 3).map((i) => html`<span class="call above" style=${{ left: percentOf(scale.x(i)), top: percentOf(1 - scale.y(values[i])) }}><b>${(props.axis ?? format)(values[i])}</b></span>`)}
      ${picked && html`<i class="mark-now" style=${{ left: percentOf(x) }}></i><span class=${classes('flag', edge)} style=${{ left: percentOf(x) }}>${xLabel(at)} · ${format(values[at])}</span>`}`;
  }
  return html`<i class="mark-now" style=${{ left: percentOf(x) }}></i>
    ${(flag || picked) && html`<span class=${classes('flag', edge)} style=${{ left: percentOf(x) }}>${xLabel(at)}${series.length === 1 && ` · ${format(series[0].values[at])}`}</span>`}
    ${series.length > 1 && html`<${Calls} of=${props} scale=${scale} at=${at} left=${x > 0.66} />`}`;
}

/** Names and figures beside the line. @param {{of: ChartProps, scale: Scale, at: number, left: boolean}} props */
function Calls({ of: { kind, series, height = 12, format = number }, scale, at, left }) {
  const layers = kind === 'stack' ? stack(series, scale.x, scale.max) : null;
  const shown = series.map((one, i) => ({ ...one, top: 100 - 100 * (layers ? layers[i].mid(at) : scale.y(one.values[at])) })).filter((one) => (kind === 'line' ? !Number.isNaN(one.values[at]) : one.values[at] > 0));
  const tops = pushApart(shown.map((one) => one.top), 130 / height);
  const side = left ? { right: `calc(${percentOf(1 - scale.x(at))} + .6rem)` } : { left: `calc(${percentOf(scale.x(at))} + .6rem)` };
  return html`${layers && series.map((one, i) => (one.values[at] > 0 ? null : html`<${PeakName} key=${one.key} of=${one} mid=${layers[i].mid} all=${series} scale=${scale} />`))}
  ${shown.map((one, i) => html`<span key=${one.key} class="call beside" style=${{ ...side, top: `${tops[i].toFixed(1)}%` }}>
    <i class=${classes('swatch', kind === 'line' && 'ln')} style=${{ '--c': `var(${one.colour ?? '--d-line'})` }}></i><b>${format(one.values[at])}</b> ${one.name}</span>`)}`;
}

/**
 * A layer that is not there at the moment that is read has its name beside its peak, on the side with more room.
 * @param {{of: Series, mid: (i: number) => number, all: Series[], scale: Scale}} props
 */
function PeakName({ of: { name, colour, values }, mid, all, scale }) {
  const peak = values.reduce((best, value, i) => (value > values[best] ? i : best), 0);
  if (!values[peak]) return null;
  const sum = (/** @type {number} */ i) => all.reduce((total, one) => total + (one.values[i] ?? 0), 0), x = scale.x(peak);
  const left = x > 0.15 && sum(peak - 4) <= sum(peak + 4);
  return html`<span class="call beside peak" style=${{ [left ? 'right' : 'left']: `calc(${percentOf(left ? 1 - x : x)} + .5rem)`, top: percentOf(1 - mid(peak)) }}><i class="swatch" style=${{ '--c': `var(${colour})` }}></i>${name}</span>`;
}

/** Swatches with names, for what is not named in the drawing. @param {{items: {colour: string, name: any, line?: boolean}[]}} props */
export const Legend = ({ items }) => html`<span class="legend-row">${items.map((one) => html`<span><i class=${classes('swatch', one.line && 'ln')} style=${{ '--c': `var(${one.colour})` }}></i>${one.name}</span>`)}</span>`;

/**
 * A chart in its panel, with the table behind it.
 * @param {ChartProps & {title: any, note?: any}} props
 */
export function ChartPanel({ title, note, ...chart }) {
  const [asTable, setAsTable] = useState(false), id = useId();
  return html`<section class="panel" aria-labelledby=${id}><header><h2 id=${id}>${title}</h2>${note && html`<span class="note">${note}</span>`}</header>
    <div class="in">${asTable ? html`<${ChartTable} ...${chart} />` : html`<${Chart} ...${chart} />`}
      <button class="link tiny chart-switch" type="button" aria-pressed=${String(asTable)} onClick=${() => setAsTable(!asTable)}>${t(asTable ? 'adminCommon.asChart' : 'adminCommon.asTable')}</button></div></section>`;
}

/** A line without words, for a tile. @param {{values: number[]}} props */
export function Sparkline({ values }) {
  const top = Math.max(...values, 1), last = Math.max(1, values.length - 1);
  return html`<svg class="spark" viewBox="0 0 1000 100" preserveAspectRatio="none" aria-hidden="true"><path d=${path(values.map((value, i) => [i / last, Math.max(0, value) / top]))} /></svg>`;
}
