/** What is wrong with a name, a password or a PIN, in the words of its own rule. */
import { t } from '../../lib/i18n.js';
import { faultText } from '../../ui/field.js';

/** @typedef {import('../../lib/problem.js').FieldFault} FieldFault */

/**
 * @param {'user_name' | 'password' | 'pin'} what
 * @param {string | FieldFault | null | undefined} fault of ours, or of the shop
 * @returns {string | null | undefined}
 */
export function ruleText(what, fault) {
  if (!fault) return null;
  const code = typeof fault === 'string' ? fault : fault.code;
  const told = typeof fault === 'string' ? undefined : /\d+/.exec(fault.detail ?? '')?.[0];
  if (code === 'too_short' && what === 'password') return t('login.atLeast', { n: Number(told ?? 8) });
  if (code === 'too_short' && what === 'user_name') return t('login.atLeast', { n: 3 });
  if (what === 'pin' && code !== 'characters') return faultText({ field: 'key', code: 'length' });
  return faultText({ field: what, code });
}
