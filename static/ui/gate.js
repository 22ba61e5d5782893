import { classes, html } from '../lib/html.js';
import { t } from '../lib/i18n.js';

/**
 * The gate bar: three lines have gone through, one is left. With numbers in words below it.
 * @param {{gone: number, total: number, label?: string, valueText?: string, kind?: 'time' | '', children?: any}} props
 *   `kind` time: what runs out is time, not stock
 */
export function Gate({ gone, total, label = t('catalogue.claimed'), valueText, kind = '', children }) {
  const share = total > 0 ? Math.min(1, Math.max(0, gone / total)) : 0;
  return html`<div>
    <div class=${classes('gate', kind)} role="meter" aria-label=${label} aria-valuemin="0" aria-valuemax=${total} aria-valuenow=${Math.min(gone, total)}
      aria-valuetext=${valueText} style=${{ '--p': `${(share * 100).toFixed(1)}%` }}><span class="gone"><i></i><i></i><i></i></span><span class="posts"></span></div>
    ${children && html`<p class="gate-text">${children}</p>`}
  </div>`;
}
