/** Reads a list page by page until enough of it matches what the API cannot filter by. */

/**
 * @template T
 * @typedef {{items: T[], next_cursor?: string | null, total?: number | null}} Page
 */

/**
 * @template T
 * @param {(cursor: string | null) => Promise<Page<T>>} read
 * @param {(item: T) => boolean} matches
 * @param {number} enough
 * @param {string | null} [from]
 * @returns {Promise<{items: T[], cursor: string | null, total: number | null}>} `total` of the list as the API filters it
 */
export async function readMatching(read, matches, enough, from = null) {
  /** @type {T[]} */
  const items = [];
  let cursor = from, total = null;
  do {
    const page = await read(cursor);
    items.push(...page.items.filter(matches));
    cursor = page.next_cursor ?? null;
    total = page.total ?? total;
  } while (cursor && items.length < enough);
  return { items, cursor, total };
}
