/** Scales and shapes of charts: pure, so that they are tested without a browser. */

/** The drawing is a box of 1000 × 100 that stretches; strokes keep their width. */
export const WIDTH = 1000, HEIGHT = 100;

/** @typedef {[number, number]} Point both 0–1, y upwards */
/** @typedef {{key: string, name: string, values: number[]}} Layer */

const STEPS = [1, 2, 2.5, 5, 10];

/**
 * A round top above `max` and the steps to it: zero-based, at most five lines with the one at zero.
 * @param {number} max
 * @param {{whole?: boolean}} [options] `whole`: no fractions between counts
 * @returns {number[]} from 0 upwards
 */
export function gridSteps(max, { whole = true } = {}) {
  const top = Math.max(max, whole ? 1 : 1e-9);
  for (let power = Math.floor(Math.log10(top)) - 1; ; power += 1) {
    for (const factor of STEPS) {
      const step = factor * 10 ** power, count = Math.ceil(top / step - 1e-9);
      if (count > 4 || (whole && !Number.isInteger(step))) continue;
      return Array.from({ length: count + 1 }, (_, i) => Number((i * step).toPrecision(12)));
    }
  }
}

const f = (/** @type {number} */ n) => +n.toFixed(1);

/** @param {Point[]} points */
export const path = (points) => points.map(([x, y], i) => `${i ? 'L' : 'M'}${f(x * WIDTH)} ${f(HEIGHT - y * HEIGHT)}`).join('');

/** The pieces of a line that has gaps: points without a value part them. @param {Point[]} points @returns {Point[][]} */
export function unbroken(points) {
  /** @type {Point[][]} */
  const pieces = [[]];
  for (const point of points) {
    if (Number.isNaN(point[1])) pieces.push([]);
    else pieces[pieces.length - 1].push(point);
  }
  return pieces.filter((piece) => piece.length);
}

/** A line and the ground below it. @param {Point[]} points */
export const ground = (points) => (points.length
  ? `${path(points)}L${f(points[points.length - 1][0] * WIDTH)} ${HEIGHT}L${f(points[0][0] * WIDTH)} ${HEIGHT}Z` : '');

/**
 * Layers on top of each other.
 * @param {Layer[]} layers from the bottom
 * @param {(i: number) => number} x 0–1
 * @param {number} max
 * @returns {{key: string, d: string, mid: (i: number) => number}[]} `mid`: the height of the layer's middle at a place, 0–1
 */
export function stack(layers, x, max) {
  let base = (layers[0]?.values ?? []).map(() => 0);
  return layers.map(({ key, values }) => {
    const under = base, over = under.map((from, i) => from + (values[i] ?? 0));
    base = over;
    const at = (/** @type {number[]} */ line) => line.map((value, i) => /** @type {Point} */ ([x(i), value / max]));
    const d = over.length ? `${path(at(over))}${path(at(under).reverse()).replace('M', 'L')}Z` : '';
    return { key, d, mid: (i) => (under[i] + over[i]) / 2 / max };
  });
}

/** The place in `xs` next to `x`. @param {number[]} xs ascending @param {number} x */
export function nearest(xs, x) {
  let best = 0;
  for (let i = 1; i < xs.length; i += 1) if (Math.abs(xs[i] - x) < Math.abs(xs[best] - x)) best = i;
  return best;
}

/**
 * Words beside their values, pushed apart so that none covers another; each stays as near to its place as it can.
 * @param {number[]} wanted heights from the top, 0–100
 * @param {number} gap
 * @returns {number[]} in the order given
 */
export function pushApart(wanted, gap) {
  const order = wanted.map((y, i) => ({ y, i })).sort((a, b) => a.y - b.y);
  let floor = -Infinity;
  for (const one of order) { one.y = Math.max(one.y, floor + gap); floor = one.y; }
  let ceiling = 100;
  for (const one of order.toReversed()) { one.y = Math.min(one.y, ceiling); ceiling = one.y - gap; }
  const out = [...wanted];
  for (const one of order) out[one.i] = one.y;
  return out;
}
