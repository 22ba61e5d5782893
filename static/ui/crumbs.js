import { html } from '../lib/html.js';
import { t } from '../lib/i18n.js';
import { breakable } from '../lib/rich.js';

/** The way here; the last one is here. @param {{items: {label: string, href?: string}[]}} props */
export function Crumbs({ items }) {
  return html`<nav aria-label=${t('common.crumbs')}><ol class="crumbs">${items.map((item, i) => html`<li aria-current=${i === items.length - 1 ? 'page' : undefined}>
    ${item.href && i < items.length - 1 ? html`<a href=${item.href}>${breakable(item.label)}</a>` : breakable(item.label)}</li>`)}</ol></nav>`;
}
