import { html, useId, useState } from '../lib/html.js';
import { t, tMaybe } from '../lib/i18n.js';
import { Icon } from './icon.js';

/** What is wrong with a field, in words. @param {import('../lib/problem.js').FieldFault | null | undefined} fault */
export const faultText = (fault) => fault && (tMaybe(`problems.field_${fault.code}`) ?? tMaybe('problems.invalid_field'));

/** The sentence below a control. @param {{id?: string, text: string, alert?: boolean}} props */
export function FieldError({ id, text, alert }) {
  return html`<p class="error" id=${id} role=${alert ? 'alert' : undefined}><${Icon} name="circle-alert" /><span>${text}</span></p>`;
}

/**
 * Label, control, hint or error. `error` is a sentence or a fault of the API; `multiline` makes a text area.
 * Everything else goes to the control: `value`, `onInput`, `autocomplete`, `inputmode`, `maxlength`, `required` …
 * @param {{label: any, hint?: any, error?: string | import('../lib/problem.js').FieldFault | null, type?: string, multiline?: boolean,
 *   affix?: string, aside?: any, alert?: boolean, class?: string, id?: string, [more: string]: any}} props `aside` stands at the end of the
 *   label's line; with `alert` an error is read out at once, for a field that has the focus already
 */
export function Field({ label, hint, error, type = 'text', multiline, affix, aside, alert, class: extra, id: given, ...rest }) {
  const own = useId(), id = given ?? own;
  const said = typeof error === 'string' ? error : faultText(error);
  const attributes = { ...rest, id, class: extra ? `input ${extra}` : 'input', 'aria-invalid': said ? 'true' : undefined,
    'aria-describedby': said || hint ? `${id}-say` : undefined };
  const control = multiline ? html`<textarea rows="3" ...${attributes}></textarea>`
    : type === 'password' ? html`<${Secret} ...${attributes} />`
      : html`<input type=${type} ...${attributes} />`;
  return html`<div class="field">${aside ? html`<div class="label-row"><label class="label" for=${id}>${label}</label>${aside}</div>` : html`<label for=${id}>${label}</label>`}
    ${affix ? html`<span class="affix"><span>${affix}</span>${control}</span>` : control}
    ${said ? html`<${FieldError} id=${`${id}-say`} text=${said} alert=${alert} />` : hint ? html`<p class="hint" id=${`${id}-say`}>${hint}</p>` : null}
  </div>`;
}

/** A password that can be looked at. @param {Record<string, any>} props */
function Secret(props) {
  const [seen, setSeen] = useState(false);
  return html`<span class="reveal"><input ...${props} type=${seen ? 'text' : 'password'} spellcheck="false" autocapitalize="none" />
    <button class="icon-btn" type="button" aria-pressed=${String(seen)} aria-label=${t(seen ? 'common.hidePassword' : 'common.showPassword')}
      onClick=${() => setSeen(!seen)}><${Icon} name=${seen ? 'eye-off' : 'eye'} /></button></span>`;
}

/**
 * The native select with its label; `quiet` hides the label from sight.
 * @param {{label: any, quiet?: boolean, value: string, options: {value: string, label: any}[], onChange: (value: string) => void,
 *   error?: any, [more: string]: any}} props
 */
export function Select({ label, quiet, value, options, onChange, error, ...rest }) {
  const id = useId(), said = typeof error === 'string' ? error : faultText(error);
  return html`<div class="field"><label for=${id} class=${quiet ? 'unseen' : undefined}>${label}</label>
    <span class="select"><select class="input" id=${id} value=${value} aria-invalid=${said ? 'true' : undefined}
      onChange=${(/** @type {any} */ event) => onChange(event.currentTarget.value)} ...${rest}>
      ${options.map((one) => html`<option value=${one.value} selected=${one.value === value}>${one.label}</option>`)}
    </select><${Icon} name="chevron-down" /></span>
    ${said && html`<${FieldError} text=${said} />`}</div>`;
}

/**
 * @param {{label: any, checked: boolean, onChange: (on: boolean) => void, end?: any, type?: 'checkbox' | 'radio', name?: string,
 *   class?: string, [more: string]: any}} props `end` stands at the right edge, such as a count
 */
export function Checkbox({ label, checked, onChange, end, type = 'checkbox', class: extra, ...rest }) {
  return html`<label class=${extra ? `check ${extra}` : 'check'}><input type=${type} checked=${checked}
    onChange=${(/** @type {any} */ event) => onChange(event.currentTarget.checked)} ...${rest} />
    <span>${label}</span>${end !== undefined && html`<span class="end">${end}</span>`}</label>`;
}

/** For what acts at once. @param {{label: any, checked: boolean, onChange: (on: boolean) => void, [more: string]: any}} props */
export function Switch({ label, checked, onChange, ...rest }) {
  return html`<label class="toggle"><input class="switch" type="checkbox" role="switch" checked=${checked}
    onChange=${(/** @type {any} */ event) => onChange(event.currentTarget.checked)} ...${rest} /><span>${label}</span></label>`;
}
