import { html } from '../lib/html.js';
import { t } from '../lib/i18n.js';

/**
 * A line with a gate per step.
 * @param {{label?: string, steps: {state: 'done' | 'now' | 'todo', title: any, text?: any}[]}} props
 */
export function Timeline({ label, steps }) {
  return html`<ol class="timeline" aria-label=${label}>${steps.map((step) => html`<li class=${step.state} aria-current=${step.state === 'now' ? 'step' : undefined}>
    <b>${step.title}</b>${step.text}${step.state === 'now' && html`<span class="unseen"> ${t('common.now')}</span>`}</li>`)}</ol>`;
}
