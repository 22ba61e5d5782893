import { html, useStatePer } from '../lib/html.js';
import { t } from '../lib/i18n.js';
import { Icon } from './icon.js';

/**
 * Minus, number, plus. Above `max` it becomes what there is, and `onClamp` may say so.
 * @param {{value: number, onChange: (n: number) => void, min?: number, max?: number, label?: string, disabled?: boolean, onClamp?: (max: number) => void}} props
 */
export function Stepper({ value, onChange, min = 1, max = 99, label = t('catalogue.quantity'), disabled, onClamp }) {
  const [typed, setTyped] = useStatePer(value, String(value));
  const set = (/** @type {number} */ n) => {
    const kept = Math.min(Math.max(n, min), Math.max(min, max));
    if (n > max) onClamp?.(max);
    setTyped(String(kept));
    if (kept !== value) onChange(kept);
  };
  const commit = () => {
    const n = Number.parseInt(typed.normalize('NFKC'), 10);
    if (Number.isNaN(n)) setTyped(String(value));
    else set(n);
  };
  const key = (/** @type {KeyboardEvent} */ event) => {
    if (event.key === 'Enter') commit();
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
    event.preventDefault();
    set(value + (event.key === 'ArrowUp' ? 1 : -1));
  };
  return html`<div class="qty">
    <button type="button" aria-label=${t('catalogue.less')} disabled=${disabled || value <= min} onClick=${() => set(value - 1)}><${Icon} name="minus" /></button>
    <input role="spinbutton" inputmode="numeric" autocomplete="off" aria-label=${label} aria-valuenow=${value} aria-valuemin=${min} aria-valuemax=${max}
      value=${typed} disabled=${disabled} onInput=${(/** @type {any} */ event) => setTyped(event.currentTarget.value)} onBlur=${commit} onKeyDown=${key} />
    <button type="button" aria-label=${t('catalogue.moreOne')} disabled=${disabled || value >= max} onClick=${() => set(value + 1)}><${Icon} name="plus" /></button>
  </div>`;
}
