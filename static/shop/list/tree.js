/** The shelves as rows of a tree. */

/** @typedef {import('../../types/api.js').Category} Category */
/** @typedef {{category: Category, depth: number, count: number | null}} Row */

/**
 * Without counts: the roots, and what lies below the shelves on the way to the current one. With the counts of a search:
 * every shelf on which something was found.
 * @param {Category[]} all
 * @param {number | null} current
 * @param {Map<number, number> | null} counts
 * @returns {Row[]}
 */
export function shelfRows(all, current, counts) {
  const way = new Set(wayOf(all, current));
  /** @type {Row[]} */
  const rows = [];
  /** @param {number | null} parent @param {number} depth */
  const walk = (parent, depth) => {
    for (const category of all) {
      if ((category.parent_id ?? null) !== parent) continue;
      const count = counts ? counts.get(category.id) ?? 0 : null;
      if (count === 0 && !way.has(category.id)) continue;
      rows.push({ category, depth, count });
      if (counts || way.has(category.id)) walk(category.id, depth + 1);
    }
  };
  walk(null, 0);
  return rows;
}

/** The ids from a category up to its root. @param {Category[]} all @param {number | null} id @returns {number[]} */
function wayOf(all, id) {
  const one = all.find((category) => category.id === id);
  return one ? [one.id, ...wayOf(all, one.parent_id ?? null)] : [];
}
