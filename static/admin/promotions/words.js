/** A promotion in words. */
import { html } from '../../lib/html.js';
import { shopNow } from '../../lib/clock.js';
import { number, percent, t } from '../../lib/i18n.js';
import { money } from '../../lib/money.js';
import { dateTime, dayAndTime } from '../../lib/time.js';
import { Tag } from '../../ui/tag.js';
import { stateOf } from './form.js';

/** @typedef {import('../../types/api.js').Promotion} Promotion */

/** @type {Record<import('./form.js').State, string>} */
const KINDS = { on: 'good', coming: 'line', used_up: 'warn', ended: '', off: '' };

/** @param {{promotion: Promotion}} props */
export function StateTag({ promotion }) {
  const state = stateOf(promotion, shopNow());
  return html`<${Tag} kind=${KINDS[state]}>${t(`adminPromotions.state_${state}`)}</${Tag}>`;
}

/** `10% off` @param {Promotion} promotion */
export function takesOff({ kind, value, buy, get }) {
  if (kind === 'percent') return t('adminPromotions.offPart', { part: percent(value / 10_000, 2) });
  if (kind === 'amount') return t('adminPromotions.offSum', { sum: money(value) });
  return kind === 'free_shipping' ? t('adminPromotions.offDelivery') : t('adminPromotions.offBundle', { buy: buy ?? 0, get: get ?? 0 });
}

/** Another year is named. @param {string} at */
const moment = (at) => (new Date(at).getFullYear() === new Date(shopNow()).getFullYear() ? dayAndTime(at) : dateTime(at));

/** @param {Promotion} promotion */
export function periodText({ starts_at, ends_at }) {
  if (starts_at && ends_at) return t('adminPromotions.fromTo', { from: moment(starts_at), to: moment(ends_at) });
  if (starts_at) return t('adminPromotions.from', { from: moment(starts_at) });
  return ends_at ? t('adminPromotions.to', { to: moment(ends_at) }) : t('adminPromotions.always');
}

/** @param {Promotion} promotion */
export const usedText = ({ used, usage_limit }) => (usage_limit ? t('adminPromotions.usedOf', { n: number(used), most: number(usage_limit) }) : number(used));
