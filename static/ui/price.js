import { html } from '../lib/html.js';
import { t } from '../lib/i18n.js';
import { money } from '../lib/money.js';

/**
 * What is paid, and the list price struck beside it. `size`: mid, large.
 * @param {{now: number, list?: number | null, size?: 'mid' | 'large' | '', exact?: boolean, currency?: string}} props
 */
export function Price({ now, list, size = '', exact, currency }) {
  const options = { exact, currency };
  if (!list || list <= now) return html`<p class=${`price ${size}`}><b>${money(now, options)}</b></p>`;
  return html`<p class=${`price ${size}`}>
    <b><span class="unseen">${t('catalogue.priceNow')} </span>${money(now, options)}</b> <s><span class="unseen">${t('catalogue.listPrice')} </span>${money(list, options)}</s>
  </p>`;
}
