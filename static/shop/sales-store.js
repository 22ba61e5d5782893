/** The flash sales as the header, the strip and the cards know them; the sale page asks on its own. */
import { computed, signal } from '@preact/signals';
import { api } from '../lib/api.js';

/** @typedef {import('../types/api.js').Sale} Sale */

export const sales = signal(/** @type {Sale[]} */ ([]));
/** Those that run or come. */
export const openSales = computed(() => sales.value.filter((sale) => sale.state !== 'ended' && sale.state !== 'cancelled'));
/** The one to tell of: what runs, else what comes next. */
export const nextSale = computed(() => openSales.value.find((sale) => sale.state === 'live') ?? openSales.value[0] ?? null);
export const productsInSale = computed(() => new Set(openSales.value.filter((sale) => sale.state === 'live').map((sale) => sale.product.id)));
/** @type {Promise<Sale[]> | null} */
let loading = null;

/** @param {boolean} [again] @returns {Promise<Sale[]>} */
export function loadSales(again = false) {
  if (again) loading = null;
  loading ??= api.get('/seckill').then(({ items }) => (sales.value = items), (error) => { loading = null; throw error; });
  return loading;
}
