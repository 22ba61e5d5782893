/** The bag: of a log-in at the shop, of a stranger on this device; a log-in takes the stranger's along. */
import { computed, effect, signal } from '@preact/signals';
import { api } from '../lib/api.js';
import { Problem } from '../lib/problem.js';
import { user } from '../lib/session.js';
import { device } from '../lib/storage.js';
import { remembered } from './cart/prices.js';

/** @typedef {{sku_id: number, product_id: number, num: number}} Line */
/** @typedef {import('../types/api.js').Cart} Cart */

const KEY = 'stampede_bag';
/** What each thing cost when it was put in, as this device saw it. */
const PRICES = 'stampede_bag_prices';
const MAX = 99;

export const lines = signal(/** @type {Line[]} */ ([]));
/** The whole cart as the shop answered it last; null for strangers. */
export const cart = signal(/** @type {Cart | null} */ (null));
export const count = computed(() => lines.value.reduce((sum, line) => sum + line.num, 0));

/** @returns {import('./cart/prices.js').Prices} */
export const pricesThen = () => device.get(PRICES) ?? {};

/** @param {import('../types/api.js').CartItem[]} items all that is in the bag */
export const rememberPrices = (items) => device.set(PRICES, remembered(pricesThen(), items));

/** @param {Cart} answer */
function take(answer) {
  cart.value = answer;
  rememberPrices(answer.items);
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

/** Ends when what a stranger gathered has reached the bag of who logged in. @type {Promise<void>} */
let merged = Promise.resolve();

export async function loadBag() {
  if (!user.value) { cart.value = null; lines.value = guestLines(); return null; }
  await merged;
  return take(await api.get('/cart'));
}

/**
 * Sets how many of a SKU are in the bag; 0 takes it out.
 * @param {{sku_id: number, product_id: number}} goods
 * @param {number} num
 */
export async function setCount({ sku_id, product_id }, num) {
  if (user.value) return void take(await api.put('/cart/{sku_id}', { num }, { params: { sku_id } }));
  const there = guestLines(), known = there.some((line) => line.sku_id === sku_id);
  const next = known ? there.map((line) => (line.sku_id === sku_id ? { ...line, num } : line)) : [...there, { sku_id, product_id, num }];
  keepGuest(next.filter((line) => line.num > 0));
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

/** What a stranger gathered goes into the bag of who logs in; what the shop did not answer for is tried again next time. */
async function takeAlong() {
  const brought = guestLines();
  const { items } = take(await api.get('/cart'));
  /** @type {Line[]} */
  const left = [];
  for (const line of brought) {
    const there = items.find((item) => item.sku.id === line.sku_id)?.num ?? 0;
    try {
      await setCount(line, Math.max(there, Math.min(MAX, line.num)));
    } catch (error) {
      // Refused means that it has left the shop meanwhile.
      if (!(error instanceof Problem) || error.unknownOutcome || error.status === 401 || error.status === 429) left.push(line);
    }
  }
  if (left.length) device.set(KEY, left);
  else device.remove(KEY);
}

/** Keeps the bag in step with who is here. */
export function followBag() {
  effect(() => {
    const here = user.value?.id;
    const done = (here ? takeAlong() : loadBag().then(() => {})).catch(() => { /* the bag page says so when it is opened */ });
    if (here) merged = done;
  });
}
