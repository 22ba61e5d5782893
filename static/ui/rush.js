import { html } from '../lib/html.js';

/** Ember, amber, sun. */
const HEAT = [[255, 106, 61], [255, 159, 46], [255, 210, 63]];
const lerp = (/** @type {number} */ a, /** @type {number} */ b, /** @type {number} */ k) => a + (b - a) * k;

/** @param {number} k 0–1 along the heat */
function colour(k) {
  const at = Math.min(1, Math.max(0, k)) * 2, i = Math.min(1, Math.floor(at));
  return `#${HEAT[i].map((from, c) => Math.round(lerp(from, HEAT[i + 1][c], at - i)).toString(16).padStart(2, '0')).join('')}`;
}

/** The same crowd at every rendering. @param {number} seed */
function dice(seed) {
  let state = seed;
  return () => ((state = (state * 16807) % 2147483647) / 2147483647);
}

const W = 1440, H = 360, GATE = 742, NECK = 0.56 * H, COUNT = 42, SQUEEZE = 1.15, GAP = 40;

/** Lines that crowd, pass the gate, and spread. */
function crowd() {
  const random = dice(7);
  return Array.from({ length: COUNT }, (_, i) => {
    const k = i / (COUNT - 1), jitter = random() - 0.5;
    const from = lerp(0.72, 1.6, Math.min(1, Math.max(0, k + jitter * 0.16))) * H, through = NECK + (k - 0.5) * COUNT * SQUEEZE;
    const to = lerp(-0.2, 1.2, Math.min(1.1, Math.max(-0.1, k + (random() - 0.5) * 0.24))) * H, end = W + 40;
    const f = (/** @type {number} */ n) => n.toFixed(1);
    const d = `M-20 ${f(from)}C${f(GATE * 0.55)} ${f(from)} ${f(GATE * 0.6)} ${f(through)} ${GATE} ${f(through)}`
      + `C${f(GATE + (end - GATE) * 0.32)} ${f(through)} ${f(GATE + (end - GATE) * 0.5)} ${f(to)} ${end} ${f(to)}`;
    return { d, stroke: colour(k), opacity: (0.35 + random() * 0.6).toFixed(2), width: (0.8 + random() * 0.9).toFixed(2) };
  });
}

const LINES = crowd();

/** The crowd of the home strip: it runs to the gate from the left, fading in, and on in order. */
export function Rush() {
  return html`<svg class="rush" viewBox=${`0 0 ${W} ${H}`} preserveAspectRatio="xMidYMid slice" aria-hidden="true">
    <defs><linearGradient id="rush-fade"><stop offset="0" stop-color="#fff" stop-opacity="0" /><stop offset="0.46" stop-color="#fff" /></linearGradient>
      <mask id="rush-mask" maskUnits="userSpaceOnUse" x="0" y="0" width=${W} height=${H}><rect width=${W} height=${H} fill="url(#rush-fade)" /></mask></defs>
    <g fill="none" mask="url(#rush-mask)">${LINES.map((line) => html`<path d=${line.d} stroke=${line.stroke} stroke-opacity=${line.opacity} stroke-width=${line.width} />`)}</g>
    <g stroke="#fff4e6" stroke-width="7" stroke-linecap="round"><path d=${`M${GATE} ${NECK - GAP - 46}V${NECK - GAP}M${GATE} ${NECK + GAP}V${NECK + GAP + 46}`} /></g>
  </svg>`;
}
