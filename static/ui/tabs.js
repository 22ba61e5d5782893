import { html } from '../lib/html.js';

/**
 * Tabs that are links, so that each state of a list has an address.
 * @param {{label: string, current: string, tabs: {key: string, label: any, href: string, n?: number}[]}} props
 */
export function Tabs({ label, current, tabs }) {
  return html`<nav class="tabs" aria-label=${label}>${tabs.map((tab) => html`<a href=${tab.href} aria-current=${tab.key === current ? 'page' : undefined}>
    ${tab.label}${tab.n !== undefined && html`<span class="n">${tab.n}</span>`}</a>`)}</nav>`;
}
