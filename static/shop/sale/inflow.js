import { Component, html } from '../../lib/html.js';

const W = 992, H = 432, COUNT = 48;
/** Ember, amber, sun: the three lines of the bar. */
const LANES = ['#ff6a3d', '#ff9f2e', '#ffd23f'];

/** The same crowd at every rendering. */
function dice() {
  let state = 11;
  return () => ((state = (state * 16807) % 2147483647) / 2147483647);
}

function crowd() {
  const random = dice(), middle = H / 2;
  return Array.from({ length: COUNT }, (_, i) => {
    const k = i / (COUNT - 1), lane = Math.min(2, Math.floor(k * 3)), to = (middle + (lane - 1) * 6 + (random() - 0.5) * 2.2).toFixed(1);
    const from = (H * (0.4 + Math.min(1.05, Math.max(-0.05, k + (random() - 0.5) * 0.26)))).toFixed(1), bend = 0.5 + random() * 0.1;
    return { d: `M-20 ${from}C${(W * 0.34).toFixed(0)} ${from} ${(W * bend).toFixed(0)} ${to} ${W} ${to}`, stroke: LANES[lane],
      opacity: (0.3 + random() * 0.55).toFixed(2), width: (0.8 + random() * 0.8).toFixed(2) };
  });
}

const LINES = crowd();

/** The crowd on its way into the three lines of the stock bar, drawn to the left of it. Drawn once. */
export class Inflow extends Component {
  shouldComponentUpdate() { return false; }

  render() {
    return html`<svg class="inflow" viewBox=${`0 0 ${W} ${H}`} preserveAspectRatio="none" aria-hidden="true">
      <defs><linearGradient id="inflow-fade"><stop offset="0" stop-color="#fff" stop-opacity=".15" /><stop offset=".3" stop-color="#fff" stop-opacity=".9" /><stop offset="1" stop-color="#fff" /></linearGradient>
        <mask id="inflow-mask" maskUnits="userSpaceOnUse" x="-40" y="-200" width=${W + 40} height=${H + 400}><rect x="-40" y="-200" width=${W + 40} height=${H + 400} fill="url(#inflow-fade)" /></mask></defs>
      <g fill="none" mask="url(#inflow-mask)">${LINES.map((line) => html`<path d=${line.d} stroke=${line.stroke} stroke-opacity=${line.opacity} stroke-width=${line.width} />`)}</g>
    </svg>`;
  }
}
