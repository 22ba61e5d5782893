/**
 * One key per intent, kept in this tab until the answer is known: a press that is repeated after a reload or a lost
 * answer asks for the same thing again, not for another one.
 */
import { Problem } from './problem.js';
import { tab } from './storage.js';

const PREFIX = 'stampede_key:';

/** @typedef {{get(key: string): any, set(key: string, value: unknown): void, remove(key: string): void}} Store */

/**
 * @param {string} intent what the user wants, with all that makes it another command: `pay:<order>`
 * @param {Store} [store]
 * @returns {string}
 */
export function keyFor(intent, store = tab) {
  const kept = store.get(PREFIX + intent);
  if (typeof kept === 'string') return kept;
  const key = crypto.randomUUID();
  store.set(PREFIX + intent, key);
  return key;
}

/** @param {string} intent @param {Store} [store] @returns {boolean} whether a key of this intent waits for its answer */
export const isPending = (intent, store = tab) => typeof store.get(PREFIX + intent) === 'string';

/** @param {string} intent @param {Store} [store] */
export const forget = (intent, store = tab) => store.remove(PREFIX + intent);

/**
 * Runs a command under the key of its intent and forgets the key once the outcome is known.
 * @template T
 * @param {string} intent
 * @param {(key: string) => Promise<T>} run
 * @param {Store} [store]
 * @returns {Promise<T>}
 */
export async function once(intent, run, store = tab) {
  const key = keyFor(intent, store);
  try {
    const answer = await run(key);
    forget(intent, store);
    return answer;
  } catch (error) {
    if (error instanceof Problem && !error.unknownOutcome) forget(intent, store);
    throw error;
  }
}
