import { html } from '../../lib/html.js';
import { list, sentences, t } from '../../lib/i18n.js';
import { problemText } from '../../ui/error.js';
import { Notice } from '../../ui/notice.js';

/** @typedef {import('../../lib/problem.js').Problem} Problem */
/** @typedef {import('./save.js').Done} Done */

/** What was saved before it failed, in words; empty when nothing was. @param {Done} done */
function savedParts({ words, added, removed }) {
  return [words && t('adminProducts.partWords'), added > 0 && t('adminProducts.partPictures', { n: added }), removed > 0 && t('adminProducts.partRemoved', { n: removed })].filter((part) => typeof part === 'string');
}

/**
 * Why saving stopped, and what is saved all the same.
 * @param {{error: Problem, done: Done | null, sale: import('../../types/api.js').Sale | null, fresh: boolean}} props
 */
export function SaveProblem({ error, done, sale, fresh }) {
  const parts = done ? savedParts(done) : [];
  if (fresh && error.unknownOutcome && error.code !== 'offline') {
    return html`<${Notice} kind="bad" alert><b>${problemText(error)}</b> ${t('adminProducts.unknownCreate')} <a class="link" href="/admin/products">${t('adminProducts.lookList')}</a></${Notice}>`;
  }
  return html`<${Notice} kind="bad" alert><b>${error.code === 'in_sale' ? t('adminProducts.inSale') : problemText(error)}</b>
    ${error.code === 'in_sale' && sale && html` <a class="link" href=${`/admin/sales/${sale.id}`}>${t('adminProducts.toSale')}</a>`}
    ${' '}${sentences(parts.length ? [t('adminProducts.savedSo', { what: list(parts) }), t('adminProducts.notSaved')] : [t('adminProducts.savedNothing')])}</${Notice}>`;
}
