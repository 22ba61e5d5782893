import { html, useState } from '../../lib/html.js';
import { t } from '../../lib/i18n.js';
import { useAction } from '../../lib/page.js';
import { shop } from '../../lib/shop.js';
import { usePause } from '../../ui/act-button.js';
import { problemText } from '../../ui/error.js';
import { Field } from '../../ui/field.js';
import { focusFault } from '../../ui/focus.js';
import { Notice } from '../../ui/notice.js';

/** A code as it is copied out of a letter, with blanks and line breaks around and in it. @param {string} text */
export const tidyCode = (text) => text.replace(/\s+/g, '');

/** Where letters of the demo land, a press away. */
export function MailboxLink() {
  if (!shop.demo) return null;
  return html`<a class="link" href="/dev/mailbox" target="_blank" rel="noopener">${t('login.openMailbox')}</a>`;
}

/** A letter is on its way. @param {{to?: string | null}} props */
export function LetterSent({ to }) {
  return html`<${Notice} kind="good" alert><p>${to ? t('login.letterSentTo', { to }) : t('login.letterSent')}</p><${MailboxLink} /></${Notice}>`;
}

/**
 * The field for the code from a letter.
 * @param {{value: string, onChange: (code: string) => void, error?: any}} props
 */
export function CodeField({ value, onChange, error }) {
  return html`<${Field} label=${t('login.code')} name="code" class="mono" autocomplete="one-time-code" autocapitalize="none" spellcheck="false" value=${value}
    hint=${t('login.codeHint')} error=${error} onInput=${(/** @type {any} */ event) => onChange(event.currentTarget.value)} />`;
}

/** @param {import('../../lib/problem.js').Problem | null} error */
export const isCodeFault = (error) => error?.code === 'bad_email_token';

/**
 * A form that takes a code and redeems it: one that is empty or wrong is said at the field, and gets the focus.
 * @param {(code: string) => Promise<void>} redeem
 */
export function useCodeForm(redeem) {
  const { code, field } = useCode();
  const [missing, setMissing] = useState(false);
  const { run, busy, error } = useAction(() => redeem(code));
  const left = usePause(error), fault = error && isCodeFault(error) ? problemText(error) : null;
  const submit = async (/** @type {Event} */ event) => {
    event.preventDefault();
    const form = event.currentTarget;
    setMissing(!code);
    focusFault(form);
    if (!code || left) return;
    await run();
    focusFault(form);
  };
  return { submit, busy, left, field: { ...field, error: missing ? t('login.codeMissing') : fault }, waits: fault ? null : error };
}

/** State of a code that is being typed. */
export function useCode() {
  const [code, setCode] = useState('');
  return { code: tidyCode(code), field: { value: code, onChange: setCode } };
}
