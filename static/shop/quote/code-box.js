import { classes, html, useRef, useState } from '../../lib/html.js';
import { t, tMaybe } from '../../lib/i18n.js';
import { Button } from '../../ui/button.js';
import { Field } from '../../ui/field.js';
import { Tag } from '../../ui/tag.js';
import { standing, withCode } from './codes.js';
import { codes, keepCodes } from './kept-codes.js';

/** @typedef {import('./use-quote.js').Quoted} Quoted */

/** Why a code is not taken, in words. @param {string} reason */
export const reasonText = (reason) => tMaybe(`checkout.code_${reason}`) ?? t('checkout.code_other');

/**
 * A field for a code, and what became of those that were typed.
 * @param {{quoted: Quoted, locked?: boolean}} props `locked`: an order is on its way, or may be
 */
export function CodeBox({ quoted, locked }) {
  const [typed, setTyped] = useState(''), [fault, setFault] = useState(/** @type {'codeEmpty' | 'codeBlanks' | 'codeTwice' | 'codeFull' | null} */ (null));
  const form = useRef(/** @type {HTMLFormElement | null} */ (null));
  const focus = () => form.current?.querySelector('input')?.focus();
  const apply = (/** @type {Event} */ event) => {
    event.preventDefault();
    const next = withCode(codes.value, typed);
    setFault(next.fault ?? null);
    if (!next.codes) return void focus();
    setTyped('');
    keepCodes(next.codes);
  };
  const remove = (/** @type {string} */ code) => { keepCodes(codes.value.filter((one) => one !== code)); setFault(null); focus(); };
  return html`<div class="codes"><form class="code-form" ref=${form} noValidate onSubmit=${apply}>
      <${Field} label=${t('checkout.haveCode')} value=${typed} error=${fault && t(`checkout.${fault}`)} alert maxlength="64" autocomplete="off" autocapitalize="characters" spellcheck="false" disabled=${locked}
        onInput=${(/** @type {any} */ event) => { setTyped(event.currentTarget.value); setFault(null); }} />
      <${Button} kind="line" type="submit" disabled=${locked}>${t('checkout.applyCode')}</${Button}></form>
    <ul aria-live="polite" aria-label=${t('checkout.codes')}>${codes.value.map((code) => html`<${Code} key=${code} code=${code} quoted=${quoted} locked=${locked} onRemove=${() => remove(code)} />`)}</ul></div>`;
}

/** @param {{code: string, quoted: Quoted, locked?: boolean, onRemove: () => void}} props */
function Code({ code, quoted: { quote, settled }, locked, onRemove }) {
  const { reason, promotion } = quote && settled ? standing(quote, code) : { reason: null, promotion: null };
  return html`<li class=${classes(reason && 'refused')}><${Tag} kind=${reason ? 'warn' : promotion ? 'good' : 'line'}>${code}</${Tag}>
    <button class="link small" type="button" disabled=${locked} aria-label=${t('checkout.removeCode', { code })} onClick=${onRemove}>${t('common.remove')}</button>
    <span class="small">${reason ? reasonText(reason) : promotion ? promotion.name : ''}</span></li>`;
}
