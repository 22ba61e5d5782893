/** Lists of the console: they grow by their cursor. */
import { useCallback, useState } from '../lib/html.js';
import { useAction, useLoad } from '../lib/page.js';

/**
 * @template T
 * @typedef {{items: T[], next_cursor?: string | null, total?: number | null}} Piece
 */
/**
 * @template T
 * @typedef {object} List
 * @property {T[]} items
 * @property {number | null} total
 * @property {boolean} hasMore
 * @property {() => void} more
 * @property {boolean} busy more is being fetched
 * @property {import('../lib/problem.js').Problem | null} moreError
 * @property {import('../lib/page.js').Load<Piece<T>>} load the first page
 * @property {(is: (item: T) => boolean, item: T | null) => void} put an item that has changed, or null when it is gone
 */

/**
 * @template T
 * @param {(cursor: string | null, signal?: AbortSignal) => Promise<Piece<T>>} fetchPage
 * @param {unknown[]} deps
 * @returns {List<T>}
 */
export function useList(fetchPage, deps) {
  const load = useLoad((signal) => fetchPage(null, signal), deps, { keep: true });
  const head = load.data;
  const [kept, keep] = useState(/** @type {{head: Piece<T> | undefined, items: T[], next: string | null}} */ ({ head: undefined, items: [], next: null }));
  const tail = kept.head === head ? kept : { head, items: [], next: head?.next_cursor ?? null };
  const more = useAction(async () => {
    const page = await fetchPage(tail.next);
    keep({ head, items: [...tail.items, ...page.items], next: page.next_cursor ?? null });
  });
  const put = useCallback((/** @type {(item: T) => boolean} */ is, /** @type {T | null} */ item) => {
    if (!head) return;
    const change = (/** @type {T[]} */ items) => items.flatMap((one) => (is(one) ? (item ? [item] : []) : [one]));
    const next = { ...head, items: change(head.items) };
    keep({ ...tail, head: next, items: change(tail.items) });
    load.set(next);
  }, [head, kept]);
  return { items: [...(head?.items ?? []), ...tail.items], total: head?.total ?? null, hasMore: tail.next !== null, more: () => void more.run(),
    busy: more.busy, moreError: more.error, load, put };
}
