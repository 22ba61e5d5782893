/** Short news at the bottom of the page. Never for what needs doing: that stands where it arose. */
import { signal } from '@preact/signals';

/** @typedef {{id: number, text: string, action?: {label: string, run?: () => void, href?: string}}} Toast */

export const toasts = signal(/** @type {Toast[]} */ ([]));
let last = 0;

/** @param {string} text @param {Toast['action']} [action] one undo, or one way on */
export function toast(text, action) {
  last += 1;
  toasts.value = [...toasts.value.slice(-2), { id: last, text, action }];
}

/** @param {number} id */
export function dismiss(id) {
  toasts.value = toasts.value.filter((one) => one.id !== id);
}
