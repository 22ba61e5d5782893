/** The shelves: categories, loaded once a visit, and which of them the page belongs to. */
import { computed, signal } from '@preact/signals';
import { api } from '../lib/api.js';

/** @typedef {import('../types/api.js').Category} Category */

export const categories = signal(/** @type {Category[]} */ ([]));
export const roots = computed(() => categories.value.filter((one) => one.parent_id == null));
/** The category that the page is about, for the mark in the header. */
export const shelf = signal(/** @type {number | null} */ (null));
/** @type {Promise<Category[]> | null} */
let loading = null;

/** @returns {Promise<Category[]>} */
export function loadCategories() {
  loading ??= api.get('/categories').then(({ items }) => (categories.value = items), (error) => { loading = null; throw error; });
  return loading;
}

/** From the root to the category itself. @param {number} id @param {Category[]} [all] @returns {Category[]} */
export function wayTo(id, all = categories.value) {
  const one = all.find((category) => category.id === id);
  if (!one) return [];
  return one.parent_id == null ? [one] : [...wayTo(one.parent_id, all), one];
}

/** @param {number} id */
export const childrenOf = (id) => categories.value.filter((one) => one.parent_id === id);
/** The root that is marked in the header. */
export const currentRoot = computed(() => (shelf.value === null ? null : wayTo(shelf.value)[0]?.id ?? null));
