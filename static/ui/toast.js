import { html, useEffect, useState } from '../lib/html.js';
import { dismiss, toasts } from '../lib/toast.js';

const STAYS_MS = 6000;

/** Where toasts appear; once a page, in the shell. */
export function ToastHost() {
  return html`<div class="toasts" role="status">${toasts.value.map((one) => html`<${One} key=${one.id} toast=${one} />`)}</div>`;
}

/** @param {{toast: import('../lib/toast.js').Toast}} props */
function One({ toast }) {
  const [held, hold] = useState(false);
  useEffect(() => {
    if (held) return undefined;
    const timer = setTimeout(() => dismiss(toast.id), STAYS_MS);
    return () => clearTimeout(timer);
  }, [held]);
  const { action } = toast;
  const act = () => { action?.run?.(); dismiss(toast.id); };
  const keep = { onMouseEnter: () => hold(true), onMouseLeave: () => hold(false), onFocusIn: () => hold(true), onFocusOut: () => hold(false) };
  return html`<div class="toast" ...${keep}><span>${toast.text}</span>
    ${action && (action.href ? html`<a class="btn sm" href=${action.href} onClick=${act}>${action.label}</a>`
      : html`<button class="btn sm" type="button" onClick=${act}>${action.label}</button>`)}</div>`;
}
