/** How an order is called and marked in the console. */
import { html } from '../../lib/html.js';
import { t } from '../../lib/i18n.js';
import { Tag } from '../../ui/tag.js';

/** @typedef {import('../../types/api.js').Order} Order */
/** @typedef {import('../../types/api.js').OrderStatus} OrderStatus */

/** @type {OrderStatus[]} */
export const STATUSES = ['paid', 'unpaid', 'shipped', 'completed', 'refunded', 'cancelled'];
const KINDS = { unpaid: '', paid: 'warn', shipped: 'good', completed: 'good', refunded: 'bad', cancelled: '' };

/** @param {{status: OrderStatus}} props */
export const OrderTag = ({ status }) => html`<${Tag} kind=${KINDS[status]}>${t(`adminOrders.${status}`)}</${Tag}>`;

/** @param {Order} order how many things are in it */
export const things = (order) => order.lines.reduce((sum, line) => sum + line.num, 0);

/** An id of an order, or the beginning of one. @param {string} text */
export const looksLikeId = (text) => /^[0-9a-f]{8}(-?[0-9a-f]{0,4}){0,7}$/i.test(text);
