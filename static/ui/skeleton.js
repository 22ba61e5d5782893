import { html } from '../lib/html.js';
import { t } from '../lib/i18n.js';

/** A line of text to come. @param {{width?: string}} props */
export const SkeletonLine = ({ width = '100%' }) => html`<div class="skeleton text" style=${{ width }}></div>`;

/** Cards to come, of the same size. @param {{count?: number, three?: boolean}} props */
export function SkeletonGrid({ count = 8, three }) {
  const cards = Array.from({ length: count }, () => html`<li class="card"><div class="skeleton plate"></div>
    <${SkeletonLine} width="70%" /><${SkeletonLine} width="90%" /><${SkeletonLine} width="25%" /></li>`);
  return html`<ul class=${three ? 'grid three' : 'grid'} aria-hidden="true">${cards}</ul>`;
}

/** Rows to come. @param {{count?: number, height?: string}} props */
export function SkeletonRows({ count = 4, height = '4.5rem' }) {
  return html`<div class="stack" aria-hidden="true">${Array.from({ length: count }, () => html`<div class="skeleton" style=${{ height }}></div>`)}</div>`;
}

/** Says to those who cannot see skeletons that something loads. */
export const LoadingWord = () => html`<p class="unseen" role="status">${t('common.loading')}</p>`;
