import { html } from '../lib/html.js';

/** Tiles side by side, at most six. @param {{six?: boolean, children?: any}} props */
export const Tiles = ({ six, children }) => html`<dl class=${six ? 'tiles six' : 'tiles'}>${children}</dl>`;

/**
 * A figure that is read from afar: label, figure, one line that explains it, and perhaps a sparkline.
 * @param {{label: any, value: any, unit?: any, sub?: any, children?: any}} props
 */
export function Tile({ label, value, unit, sub, children }) {
  return html`<div class="tile"><dt>${label}</dt><dd class="num">${value}${unit && html` <small>${unit}</small>`}</dd>
    ${sub && html`<dd class="sub">${sub}</dd>`}${children && html`<dd class="sub">${children}</dd>`}</div>`;
}
