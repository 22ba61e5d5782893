import { html } from '../../lib/html.js';
import { Icon } from '../../ui/icon.js';

/** A numbered step of the page. @param {{no: number, state?: 'now' | 'done' | '', children?: any}} props */
export const Step = ({ no, state = '', children }) => html`<section class=${`step ${state}`} aria-current=${state === 'now' ? 'step' : undefined}>
  <span class="step-no" aria-hidden="true">${state === 'done' ? html`<${Icon} name="check" />` : no}</span><div>${children}</div></section>`;
