import { classes, html } from '../lib/html.js';

/** Busy: three lines pass. @param {{label?: string}} props */
export function Passing({ label }) {
  return html`<span class="passing" aria-hidden="true"><i></i><i></i><i></i></span>${label && html`<span class="unseen">${label}</span>`}`;
}

/**
 * `kind`: primary, line, soft, danger, sale, plain (on the night). `busy` keeps the place and ignores presses; `wait`
 * is what is said meanwhile. A link that looks like a button: give `href`.
 * @param {{kind?: string, size?: 'big' | 'sm', block?: boolean, busy?: boolean, wait?: string, disabled?: boolean, href?: string,
 *   type?: string, class?: string, onClick?: (event: any) => void, children?: any, [more: string]: any}} props
 */
export function Button({ kind = 'primary', size, block, busy, wait, disabled, href, type = 'button', class: extra, onClick, children, ...rest }) {
  const names = classes('btn', kind, size, block && 'block', extra);
  if (href && !disabled) return html`<a class=${names} href=${href} onClick=${onClick} ...${rest}>${children}</a>`;
  const press = (/** @type {Event} */ event) => {
    if (busy) event.preventDefault();
    else onClick?.(event);
  };
  return html`<button class=${names} type=${type} disabled=${disabled} aria-busy=${busy ? 'true' : undefined} onClick=${press} ...${rest}>
    ${busy ? html`<${Passing} />` : null}${busy && wait ? wait : children}
  </button>`;
}
