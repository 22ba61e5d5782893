import { t } from '../../lib/i18n.js';
import { money } from '../../lib/money.js';
import { faultText } from '../../ui/field.js';

/** A fault in words. @param {import('./faults.js').Fault | undefined} fault @returns {string | null} */
export function faultWords(fault) {
  if (!fault) return null;
  if (fault.code) return faultText({ field: '', code: fault.code }) ?? '';
  return t(/** @type {any} */ (`adminProducts.${fault.key}`), { ...(fault.n === undefined ? {} : { n: fault.n }), ...(fault.amount === undefined ? {} : { price: money(fault.amount, { exact: true }) }) });
}
