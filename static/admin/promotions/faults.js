/** What the shop refused of a promotion, by the field of the form that it belongs to. */
import { t } from '../../lib/i18n.js';
import { faultText } from '../../ui/field.js';
import { parseCount } from '../sales/form.js';

/** @typedef {import('../../types/api.js').Promotion} Promotion */
/** @typedef {import('./form.js').Typed} Typed */
/** @typedef {import('./form.js').Name} Name */

/** What the API calls the fields; `value` is that of the kind. @type {Record<string, Name>} */
const NAMES = { name: 'name', code: 'code', buy: 'buy', get: 'get', min_items: 'least', category_ids: 'shelves', product_ids: 'goods', starts_at: 'opens', ends_at: 'closes', usage_limit: 'uses', per_user_limit: 'each' };

/**
 * @param {import('../../lib/problem.js').Problem | null} error
 * @param {{typed: Typed, promotion: Promotion | null}} facts
 * @returns {Partial<Record<Name, string>>} nothing when it belongs to no field
 */
export function faultWords(error, { typed, promotion }) {
  if (!error) return {};
  if (error.code === 'code_taken') return { code: t('adminPromotions.codeTaken') };
  // The shop does not say which limit is too low: it is the one that was lowered.
  if (error.code === 'below_used') return { [(parseCount(typed.uses) ?? 0) !== (promotion?.usage_limit ?? 0) ? 'uses' : 'each']: t('adminPromotions.usedMore') };
  const named = error.errors.flatMap((one) => { const name = one.field === 'value' ? (typed.kind === 'amount' ? 'amount' : 'percent') : NAMES[one.field]; return name ? [[name, faultText(one)]] : []; });
  return Object.fromEntries(named);
}
