import { html } from '../lib/html.js';

/**
 * One of a few, as a segmented control.
 * @template T
 * @param {{label: string, value: T, options: {value: T, label: any}[], onChange: (value: T) => void}} props
 */
export function Segment({ label, value, options, onChange }) {
  return html`<div class="segment" role="group" aria-label=${label}>${options.map((one) => html`<button type="button"
    aria-pressed=${String(one.value === value)} onClick=${() => onChange(one.value)}>${one.label}</button>`)}</div>`;
}
