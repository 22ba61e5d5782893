/**
 * The order that was asked for and whose answer was lost. The next press asks for it again as it was: if it was placed, its
 * codes are used by now, and a fresh quote of the same goods would be of another, dearer order.
 */
import { isPending } from '../../lib/idempotency.js';
import { tab } from '../../lib/storage.js';

/** @typedef {import('../../types/api.js').PlaceBody} PlaceBody */
/** @typedef {import('../../lib/idempotency.js').Store} Store */

const KEY = 'stampede_checkout_asked';

/** @param {string} wish @param {PlaceBody} body @param {string} intent @param {Store} [store] */
export const keepAsked = (wish, body, intent, store = tab) => store.set(KEY, { wish, body, intent });

/** @param {string} wish @param {Store} [store] @returns {{body: PlaceBody, intent: string} | null} null once its answer is known */
export function unanswered(wish, store = tab) {
  const kept = store.get(KEY);
  return kept?.wish === wish && isPending(kept.intent, store) ? kept : null;
}
