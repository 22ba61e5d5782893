import { h } from '../lib/html.js';
import { ICONS } from './icons.js';

/**
 * A drawing beside words; never alone without a name.
 * @param {{name: string, class?: string}} props
 */
export function Icon({ name, class: extra }) {
  return h('svg', { class: extra ? `icon ${extra}` : 'icon', viewBox: '0 0 24 24', 'aria-hidden': 'true' },
    (ICONS[name] ?? []).map(([tag, attributes]) => h(tag, attributes)));
}
