import { html } from '../lib/html.js';
import { number, t } from '../lib/i18n.js';
import { Button } from './button.js';
import { Icon } from './icon.js';
import { pageNumbers } from './page-numbers.js';

/** Real links. @param {{page: number, last: number, href: (page: number) => string}} props */
export function Pages({ page, last, href }) {
  if (last < 2) return null;
  return html`<nav class="pages" aria-label=${t('common.pages')}>
    ${page > 1 && html`<a href=${href(page - 1)} rel="prev" aria-label=${t('common.back')}><${Icon} name="chevron-left" /></a>`}
    ${pageNumbers(page, last).map((n) => (n === null ? html`<span aria-hidden="true">…</span>`
      : html`<a href=${href(n)} aria-current=${n === page ? 'page' : undefined} aria-label=${t('common.page', { n })}>${number(n)}</a>`))}
    ${page < last && html`<a href=${href(page + 1)} rel="next" aria-label=${t('common.next')}><${Icon} name="chevron-right" /></a>`}
  </nav>`;
}

/** @param {{busy?: boolean, onMore: () => void, href?: string, label?: string}} props `href` is the page that it stands for */
export function ShowMore({ busy, onMore, href, label = t('common.more') }) {
  const press = (/** @type {Event} */ event) => { event.preventDefault(); onMore(); };
  return html`<${Button} kind="line" busy=${busy} href=${busy ? undefined : href} onClick=${press}>${label}</${Button}>`;
}
