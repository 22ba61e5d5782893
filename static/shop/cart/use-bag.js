/** The lines of the bag with their goods: of a log-in as the shop tells them, of a stranger looked up one by one. */
import { useState } from '../../lib/html.js';
import { api } from '../../lib/api.js';
import { Problem } from '../../lib/problem.js';
import { useLoad } from '../../lib/page.js';
import * as session from '../../lib/session.js';
import { cart, lines, loadBag, rememberPrices, setCount } from '../bag.js';

/** @typedef {import('../../types/api.js').CartItem} CartItem */
/** @typedef {import('../../types/api.js').Product} Product */
/** @typedef {Map<number, Product>} Goods */

/** @returns {{load: import('../../lib/page.js').Load<Goods>, items: CartItem[], lost: number}} `lost`: lines whose goods have left the shop */
export function useBag() {
  const [lost, setLost] = useState(0);
  const load = useLoad(async (signal) => {
    await session.restored;
    await loadBag();
    if (session.user.value) return /** @type {Goods} */ (new Map());
    const { goods, gone } = await lookUp(signal);
    for (const line of gone) await setCount(line, 0);
    if (gone.length) setLost(gone.length);
    rememberPrices(itemsOf(goods));
    return goods;
  }, [session.user.value?.id ?? 0]);
  const items = session.user.value ? cart.value?.items ?? [] : itemsOf(load.data ?? new Map());
  return { load, items, lost };
}

/** @param {Goods} goods @returns {CartItem[]} */
function itemsOf(goods) {
  return lines.value.flatMap(({ sku_id, product_id, num }) => {
    const product = goods.get(product_id), sku = product?.skus.find((one) => one.id === sku_id);
    return product && sku ? [{ sku, product, num, available: sku.num >= num }] : [];
  });
}

/** @param {AbortSignal} signal */
async function lookUp(signal) {
  /** @type {Goods} */
  const goods = new Map();
  await Promise.all([...new Set(lines.value.map((line) => line.product_id))].map(async (id) => {
    try {
      goods.set(id, await api.get('/product/{id}', { params: { id }, signal }));
    } catch (error) {
      if (!(error instanceof Problem) || error.status !== 404) throw error;
    }
  }));
  return { goods, gone: lines.value.filter((line) => !goods.get(line.product_id)?.skus.some((sku) => sku.id === line.sku_id)) };
}
