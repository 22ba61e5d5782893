import { classes, html } from '../lib/html.js';

/**
 * What it is, why, one way on. On a page of its own the title is the `h1`.
 * @param {{title: any, text?: any, icon?: any, page?: boolean, center?: boolean, children?: any}} props
 */
export function Empty({ title, text, icon, page, center, children }) {
  return html`<div class=${classes('empty', center && 'center')}>${icon}${page ? html`<h1>${title}</h1>` : html`<h2>${title}</h2>`}
    ${text && html`<p class="lead">${text}</p>`}${children}</div>`;
}
