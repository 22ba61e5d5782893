/** The codes that were chosen in this tab: in the bag, for the checkout, until the order is placed. */
import { signal } from '@preact/signals';
import { tab } from '../../lib/storage.js';

const KEY = 'stampede_codes';

/** @returns {string[]} */
const stored = () => { const kept = tab.get(KEY); return Array.isArray(kept) ? kept.filter((one) => typeof one === 'string') : []; };

export const codes = signal(stored());

/** @param {string[]} next */
export function keepCodes(next) {
  codes.value = next;
  if (next.length) tab.set(KEY, next);
  else tab.remove(KEY);
}
