import { classes, html, useId, useLayoutEffect, useRef } from '../lib/html.js';
import { t } from '../lib/i18n.js';
import { Button } from './button.js';
import { Icon } from './icon.js';

/**
 * A native modal dialog while it is rendered; Escape, the backdrop and the cross call `onClose`.
 * `kind`: wide, side-panel, viewer.
 * @param {{title: any, onClose: () => void, kind?: string, quiet?: boolean, must?: boolean, children?: any}} props
 *   `quiet` hides title and cross; with `must` it has no cross and stays until one of its own buttons closes it
 */
export function Dialog({ title, onClose, kind = '', quiet, must, children }) {
  const ref = useRef(/** @type {HTMLDialogElement | null} */ (null));
  const id = useId();
  useLayoutEffect(() => { // before the effects of what is in it, which may move the focus
    const before = document.activeElement, dialog = ref.current;
    dialog?.showModal();
    return () => {
      dialog?.close(); // nothing outside of an open one takes the focus
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  const backdrop = (/** @type {MouseEvent} */ event) => { if (event.target === ref.current && !must) onClose(); };
  const escape = (/** @type {Event} */ event) => { event.preventDefault(); if (!must) onClose(); };
  return html`<dialog class=${kind === 'viewer' ? 'viewer' : classes('dialog', kind)} ref=${ref} aria-labelledby=${id} onCancel=${escape} onMouseDown=${backdrop}>
    <h2 id=${id} class=${quiet ? 'unseen' : undefined}>${title}</h2>
    ${!quiet && !must && html`<button class="icon-btn close" type="button" aria-label=${t('common.close')} onClick=${onClose}><${Icon} name="x" /></button>`}
    ${children}
  </dialog>`;
}

/**
 * A question with a safe answer, which comes first and has the focus.
 * @param {{title: any, text?: any, safe: string, act: string, danger?: boolean, busy?: boolean, error?: string | null, onAct: () => void,
 *   onClose: () => void, children?: any}} props
 */
export function Confirm({ title, text, safe, act, danger, busy, error, onAct, onClose, children }) {
  return html`<${Dialog} title=${title} onClose=${onClose}>
    ${text && html`<p class="muted">${text}</p>`}${children}
    ${error && html`<p class="error" role="alert"><${Icon} name="circle-alert" /><span>${error}</span></p>`}
    <div class="acts"><${Button} kind="line" onClick=${onClose} autofocus>${safe}</${Button}>
      <${Button} kind=${danger ? 'danger fill' : 'primary'} busy=${busy} onClick=${onAct}>${act}</${Button}></div>
  </${Dialog}>`;
}
