import { h, signal } from '../lib/html.js';
import { ICONS } from './icons.js';

/** Counts up when more drawings have come. */
const arrived = signal(0);
let asked = false;

/** @param {string} name */
function shapesOf(name) {
  if (ICONS[name]) return ICONS[name];
  if (!asked) {
    asked = true;
    import('./icons-more.js').then(() => { arrived.value += 1; }, () => { asked = false; });
  }
  void arrived.value;
  return [];
}

/**
 * A drawing beside words; never alone without a name.
 * @param {{name: string, class?: string}} props
 */
export function Icon({ name, class: extra }) {
  return h('svg', { class: extra ? `icon ${extra}` : 'icon', viewBox: '0 0 24 24', 'aria-hidden': 'true' },
    shapesOf(name).map(([tag, attributes]) => h(tag, attributes)));
}
