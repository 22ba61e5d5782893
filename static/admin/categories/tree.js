/** The category tree, flat as it is drawn. Pure. */

/** @typedef {import('../../types/api.js').Category} Category */
/** @typedef {{category: Category, depth: number, above: Category | null}} Branch `above`: the sibling before it */

/** @param {Category[]} all @param {number | null} [parent] @param {number} [depth] @returns {Branch[]} */
export function flat(all, parent = null, depth = 0) {
  const siblings = all.filter((one) => (one.parent_id ?? null) === parent);
  return siblings.flatMap((category, i) => [{ category, depth, above: siblings[i - 1] ?? null }, ...flat(all, category.id, depth + 1)]);
}

/** Whether `id` is `other` or stands somewhere below it. @param {Category[]} all @param {number | null | undefined} id @param {number} other @returns {boolean} */
export function isBelow(all, id, other) {
  if (id == null) return false;
  return id === other || isBelow(all, all.find((one) => one.id === id)?.parent_id, other);
}

/**
 * The new parent that an arrow key asks for: right puts it below the sibling before it, left beside its parent.
 * @param {Category[]} all
 * @param {Branch} branch
 * @param {string} key
 * @returns {number | null | undefined} undefined when it does not move
 */
export function parentByKey(all, { category, above }, key) {
  if (key === 'ArrowRight') return above?.id;
  if (key !== 'ArrowLeft' || category.parent_id == null) return undefined;
  return all.find((one) => one.id === category.parent_id)?.parent_id ?? null;
}
