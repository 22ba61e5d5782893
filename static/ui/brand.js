import { html } from '../lib/html.js';
import { shop } from '../lib/shop.js';

/** Three lines crowd in, pass a gate, go on in order. */
export function Mark() {
  return html`<svg class="mark" viewBox="0 0 64 64" aria-hidden="true">
    <rect width="64" height="64" rx="15" fill="#21163b" />
    <g fill="none" stroke-width="5.5" stroke-linecap="round">
      <path d="M6 12C22 12 24 27 38 27h20" stroke="#ff6a3d" /><path d="M6 32h52" stroke="#ff9f2e" /><path d="M6 52c16 0 18-15 32-15h20" stroke="#ffd23f" />
    </g>
    <path d="M40 8v10M40 46v10" stroke="#fff4e6" stroke-width="7" stroke-linecap="round" />
  </svg>`;
}

/** The name in outlines of Archivo, whose letters widen to the right: `img/wordmark.svg` as a mask, in the colour of the text. */
export const Word = () => html`<span class="word" aria-hidden="true"></span>`;

/** Mark and word, as a link. A shop with a name of its own shows it in type. @param {{href?: string}} props */
export function Brand({ href = '/' }) {
  const own = shop.name !== 'Stampede';
  return html`<a class="brand" href=${href} aria-label=${shop.name}><${Mark} />${own ? html`<b>${shop.name}</b>` : html`<${Word} />`}</a>`;
}
