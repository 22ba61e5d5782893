import { classes, html } from '../../lib/html.js';
import { t } from '../../lib/i18n.js';
import { money } from '../../lib/money.js';

/** @typedef {import('../../types/api.js').Totals} TotalsOf */
/** @typedef {import('../../types/api.js').AppliedPromotion} AppliedPromotion */

/**
 * What a sum is made of, as the shop says of a quote or an order; nothing is added up here.
 * @param {{totals: TotalsOf, promotions?: AppliedPromotion[], goods?: any, delivery?: {name: string} | null, open?: boolean, class?: string}} props `delivery`: how it is
 *   delivered, so that a free delivery is told too; `open`: it is still to be chosen, and no part of the total yet
 */
export function Totals({ totals, promotions = [], goods = t('checkout.goods'), delivery = null, open = false, class: extra }) {
  const exact = (/** @type {number} */ minor) => money(minor, { exact: true, currency: totals.currency });
  const row = (/** @type {any} */ name, /** @type {any} */ value, /** @type {string} */ kind = '') => html`<div class=${kind || undefined}><dt>${name}</dt><dd>${value}</dd></div>`;
  const parts = promotions.filter(({ discount }) => discount > 0), free = promotions.filter(({ discount }) => discount === 0);
  return html`<dl class=${classes('facts', extra)}>${row(goods, exact(totals.items))}
    ${totals.discount > 0 && row(t('checkout.discount'), exact(-totals.discount))}
    ${parts.map((one) => row(promotionName(one), parts.length > 1 ? exact(-one.discount) : '', 'piece'))}
    ${(delivery || totals.shipping > 0) && row(delivery ? t('checkout.deliveryBy', { name: delivery.name }) : t('checkout.delivery'), totals.shipping > 0 ? exact(totals.shipping) : t('checkout.free'))}
    ${open && row(t('checkout.delivery'), html`<span class="muted">${t('checkout.deliveryOpen')}</span>`)}
    ${free.map((one) => row(promotionName(one), t('checkout.freeDelivery'), 'piece'))}
    ${row(t('checkout.total'), exact(totals.total), 'sum')}
    ${totals.tax > 0 && row(t('checkout.taxIncluded'), exact(totals.tax), 'piece')}</dl>`;
}

/** @param {AppliedPromotion} promotion */
const promotionName = ({ name, code }) => (code ? t('checkout.promotionBy', { name, code }) : name);

/** What is taken off a line, below its price. @param {{sum: number, currency?: string}} props */
export const LineOff = ({ sum, currency }) => (sum > 0 ? html`<small class="off">${t('checkout.lineOff', { sum: money(sum, { exact: true, currency }) })}</small>` : null);
