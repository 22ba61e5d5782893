/** How events and deliveries are called. */
import { html } from '../../lib/html.js';
import { t, tMaybe } from '../../lib/i18n.js';
import { Tag } from '../../ui/tag.js';

/** @typedef {import('../../types/api.js').Delivery} Delivery */

export const EVENTS = ['order.placed', 'order.paid', 'order.cancelled', 'order.shipped', 'order.completed', 'order.refunded'];

/** @param {string} event */
export const eventName = (event) => (event === '*' ? t('adminWebhooks.everything') : tMaybe(`adminWebhooks.${event.replace('.', '_')}`) ?? event);

/** What the receiver said last. @param {{delivery: Delivery}} props */
export function AnswerTag({ delivery: { status, answer_status: code } }) {
  if (status === 'delivered') return html`<${Tag} kind="good">${code ?? t('adminWebhooks.taken')}</${Tag}>`;
  if (status === 'parked') return html`<${Tag} kind="bad">${code ?? t('adminWebhooks.noAnswer')}</${Tag}>`;
  return html`<${Tag} kind="warn">${code ?? t('adminWebhooks.waiting')}</${Tag}>`;
}
