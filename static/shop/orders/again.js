/** Buy again: what is for sale goes into the bag, and what is not is told. */
import { api } from '../../lib/api.js';
import { t } from '../../lib/i18n.js';
import { Problem } from '../../lib/problem.js';
import { toast } from '../../lib/toast.js';
import { addToBag } from '../bag.js';

/** @typedef {import('../../types/api.js').Order} Order */
/** @typedef {import('../../types/api.js').OrderLine} OrderLine */
/** @typedef {{line: OrderLine, left: number | null}} Found `left`: null when it is no longer for sale */
/** @typedef {{added: number, said: string[]}} Again `said`: a sentence for each line that is not as it was */

/** @param {Order} order @returns {Promise<Again>} */
export async function buyAgain(order) {
  const found = await Promise.all(order.lines.map(look));
  /** @type {string[]} */
  const said = [];
  let added = 0;
  for (const { line, left } of found) {
    const num = Math.min(line.num, left ?? 0);
    if (left === null) said.push(t('orders.againGone', { name: line.name }));
    else if (num === 0) said.push(t('orders.againOut', { name: line.name }));
    else if (num < line.num) said.push(t('orders.againFewer', { n: num, name: line.name }));
    if (num === 0) continue;
    await addToBag({ sku_id: line.sku_id, product_id: line.product_id }, num);
    added += 1;
  }
  if (added && !said.length) toast(t('orders.againDone'), { label: t('orders.seeBag'), href: '/cart' });
  return { added, said };
}

/** @param {OrderLine} line @returns {Promise<Found>} */
async function look(line) {
  try {
    const product = await api.get('/product/{id}', { params: { id: line.product_id } });
    return { line, left: product.skus.find((sku) => sku.id === line.sku_id)?.num ?? null };
  } catch (error) {
    if (error instanceof Problem && error.status === 404) return { line, left: null };
    throw error;
  }
}
