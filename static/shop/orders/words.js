/** An order in words. */
import { t } from '../../lib/i18n.js';

/** @typedef {import('../../types/api.js').Order} Order */
/** @typedef {import('../../types/api.js').OrderStatus} OrderStatus */

export const TITLES = /** @type {const} */ ({ unpaid: 'orders.isUnpaid', paid: 'orders.isPaid', shipped: 'orders.isShipped', completed: 'orders.isCompleted',
  cancelled: 'orders.isCancelled', refunded: 'orders.isRefunded' });

/** The status as a title. @param {Order} order */
export const statusTitle = (order) => t(TITLES[order.status]);

const CANCELLED = /** @type {const} */ ({ buyer: 'orders.cancelledBuyer', unpaid: 'orders.cancelledUnpaid', admin: 'orders.cancelledAdmin' });

/** Why it was cancelled, and that nothing is owed. @param {Order} order */
export const cancelledWhy = (order) => t(CANCELLED[order.cancel_reason ?? 'buyer']);
