/** The bag: of a log-in at the shop, of a stranger on this device; a log-in takes the stranger's along. */
import { computed, effect, signal } from '@preact/signals';
import { api } from '../lib/api.js';
import { user } from '../lib/session.js';
import { device } from '../lib/storage.js';

/** @typedef {{sku_id: number, product_id: number, num: number}} Line */
/** @typedef {import('../types/api.js').Cart} Cart */

const KEY = 'stampede_bag';
const MAX = 99;

export const lines = signal(/** @type {Line[]} */ ([]));
/** The whole cart as the shop answered it last; null for strangers. */
export const cart = signal(/** @type {Cart | null} */ (null));
export const count = computed(() => lines.value.reduce((sum, line) => sum + line.num, 0));

/** @param {Cart} answer */
function take(answer) {
  cart.value = answer;
  lines.value = answer.items.map((item) => ({ sku_id: item.sku.id, product_id: item.product.id, num: item.num }));
  return answer;
}

/** @returns {Line[]} */
const guestLines = () => { const kept = device.get(KEY); return Array.isArray(kept) ? kept : []; };

/** @param {Line[]} next */
function keepGuest(next) {
  device.set(KEY, next);
  lines.value = next;
}

export async function loadBag() {
  if (!user.value) { cart.value = null; lines.value = guestLines(); return null; }
  return take(await api.get('/cart'));
}

/**
 * Sets how many of a SKU are in the bag; 0 takes it out.
 * @param {{sku_id: number, product_id: number}} goods
 * @param {number} num
 */
export async function setCount({ sku_id, product_id }, num) {
  if (user.value) return void take(await api.put('/cart/{sku_id}', { num }, { params: { sku_id } }));
  const others = guestLines().filter((line) => line.sku_id !== sku_id);
  keepGuest(num > 0 ? [...others, { sku_id, product_id, num }] : others);
}

/** @param {{sku_id: number, product_id: number}} goods @param {number} num */
export async function addToBag(goods, num) {
  if (user.value && !cart.value) await loadBag();
  const there = lines.value.find((line) => line.sku_id === goods.sku_id)?.num ?? 0;
  await setCount(goods, Math.min(MAX, there + num));
}

export async function emptyBag() {
  if (user.value) take(await api.delete('/cart'));
  else keepGuest([]);
}

/** What a stranger gathered goes into the bag of who logs in. */
async function takeAlong() {
  const brought = guestLines();
  const { items } = take(await api.get('/cart'));
  for (const line of brought) {
    const there = items.find((item) => item.sku.id === line.sku_id)?.num ?? 0;
    try { await setCount(line, Math.max(there, Math.min(MAX, line.num))); } catch { /* it has left the shop meanwhile */ }
  }
  device.remove(KEY);
}

/** Keeps the bag in step with who is here. */
export function followBag() {
  effect(() => {
    const here = user.value?.id;
    void (here ? takeAlong() : loadBag()).catch(() => { /* the bag page says so when it is opened */ });
  });
}
