import { html } from '../../lib/html.js';
import { t } from '../../lib/i18n.js';
import { money } from '../../lib/money.js';
import { dayMonth, timeExact } from '../../lib/time.js';

/** @typedef {import('../../types/api.js').Order} Order */
/** @typedef {import('../../types/api.js').OrderChange} Change */

/** @param {Change} change @param {Order} order */
function what({ to, reason }, order) {
  const sum = money(order.total, { exact: true, currency: order.currency });
  const done = to === 'unpaid' ? t(order.seckill_id ? 'orders.hPlacedSale' : 'orders.hPlaced')
    : to === 'paid' ? t('orders.hPaid', { sum })
      : to === 'shipped' ? order.tracking ? t('orders.hShippedBy', { tracking: order.tracking }) : t('orders.hShipped')
        : to === 'completed' ? t('orders.hCompleted')
          : to === 'refunded' ? t('orders.hRefunded', { sum }) : t(order.cancel_reason === 'unpaid' ? 'orders.hCancelledUnpaid' : 'orders.hCancelled');
  return reason ? t('orders.hReason', { what: done, reason }) : done;
}

/** A claim is written down by the shop for who made it. @param {Change} change */
const byBuyer = ({ actor, to }) => actor === 'buyer' || to === 'unpaid';

/** All that happened to an order, from the first on. @param {{order: Order}} props */
export function History({ order }) {
  if (!order.history?.length) return null;
  return html`<section class="order-history" aria-labelledby="history"><h2 class="h-small" id="history">${t('orders.history')}</h2>
    <ul class="history">${order.history.map((change) => html`<li key=${`${change.to}${change.at}`}><time datetime=${change.at}>${dayMonth(change.at)} ${timeExact(change.at)}</time>
      <span>${what(change, order)}</span><span class="who">${t(byBuyer(change) ? 'orders.you' : 'orders.shop')}</span></li>`)}</ul></section>`;
}
