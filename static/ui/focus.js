/** Puts the focus on the first control of a form that is at fault, once it is shown to be. @param {EventTarget | null} form */
export function focusFault(form) {
  setTimeout(() => {
    const bad = form instanceof HTMLElement ? form.querySelector('[aria-invalid="true"]') : null;
    if (bad instanceof HTMLElement) bad.focus();
  });
}
