import { html } from '../lib/html.js';

/** `kind`: good, warn, bad, sale, paper, line. @param {{kind?: string, children?: any}} props */
export const Tag = ({ kind = '', children }) => html`<span class=${`tag ${kind}`}>${children}</span>`;
