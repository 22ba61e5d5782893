import { html, useState } from '../../lib/html.js';
import { t } from '../../lib/i18n.js';
import { shop } from '../../lib/shop.js';
import { Field } from '../../ui/field.js';
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

/** State of a code that is being typed. */
export function useCode() {
  const [code, setCode] = useState('');
  return { code: tidyCode(code), field: { value: code, onChange: setCode } };
}
