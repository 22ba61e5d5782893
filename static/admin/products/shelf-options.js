/** The category tree as choices of a select, in its order, with the way to each. */

/** @typedef {import('../../types/api.js').Category} Category */

/** @param {Category[]} all @param {number | null} [parent] @param {string[]} [way] @returns {{value: string, label: string}[]} */
export function shelfOptions(all, parent = null, way = []) {
  return all.filter((one) => (one.parent_id ?? null) === parent).flatMap((one) => {
    const here = [...way, one.name];
    return [{ value: String(one.id), label: here.join(' / ') }, ...shelfOptions(all, one.id, here)];
  });
}
