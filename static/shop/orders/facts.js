import { html } from '../../lib/html.js';
import { api } from '../../lib/api.js';
import { t } from '../../lib/i18n.js';
import { useLoad } from '../../lib/page.js';
import { shortId } from '../../lib/short-id.js';
import { toast } from '../../lib/toast.js';
import { AddressText } from '../addresses/card.js';
import { Totals } from '../quote/totals.js';

/** @typedef {import('../../types/api.js').Order} Order */
/** @typedef {import('../../types/api.js').Transfer} Transfer */

/** How far back in the statement the transfers of an order are looked for. */
const PAGES = 5;
const TITLE = /** @type {const} */ ({ unpaid: 'orders.toBePaid', paid: 'orders.paidFrom', shipped: 'orders.paidFrom', completed: 'orders.paidFrom',
  cancelled: 'orders.notPaid', refunded: 'orders.backInWallet' });

/** Address, money, and what to do when something is wrong. @param {{order: Order}} props */
export function OrderFacts({ order }) {
  return html`<div class="cols order-cols"><section><h2>${t('orders.goesTo')}</h2><p>${order.address ? html`<${AddressText} address=${order.address} />` : html`<span class="muted">${t('orders.noAddress')}</span>`}</p></section>
    <section><h2>${t(TITLE[order.status])}</h2><${Totals} totals=${order.totals} promotions=${order.promotions} delivery=${order.delivery} />
      ${order.paid_at && html`<${Transfers} order=${order} />`}</section>
    <section class="no-print"><h2>${t('orders.wrong')}</h2><p class="muted">${t('orders.wrongText')}</p>
      <p class="row wrong-acts"><button class="link" type="button" onClick=${() => void copy(order.id)}>${t('orders.copyId')}</button><button class="link" type="button" onClick=${() => print()}>${t('orders.print')}</button></p></section></div>`;
}

/** @param {{order: Order}} props */
function Transfers({ order }) {
  const { data } = useLoad((signal) => transfersOf(order, signal), [order.id, order.status]);
  return (data ?? []).map((one) => html`<p class="tiny muted transfer" key=${one.id}>${t(one.kind === 'refund' ? 'orders.refundTransfer' : 'orders.transfer')} <code title=${one.id}>${shortId(one.id)}</code></p>`);
}

/** The statement is newest first and may be long; what was before the payment is not asked for. @param {Order} order @param {AbortSignal} signal @returns {Promise<Transfer[]>} */
async function transfersOf(order, signal) {
  /** @type {Transfer[]} */
  const found = [];
  let cursor = /** @type {string | null | undefined} */ (undefined);
  for (let page = 0; page < PAGES; page += 1) {
    const { items, next_cursor } = await api.get('/wallet/transfers', { query: { cursor, page_size: 100 }, signal });
    found.push(...items.filter((one) => one.order_id === order.id));
    if (!next_cursor || found.some(({ kind }) => kind === 'payment')) break;
    cursor = next_cursor;
  }
  return found.reverse();
}

/** @param {string} id */
async function copy(id) {
  try {
    await navigator.clipboard.writeText(id);
    toast(t('common.copied'));
  } catch {
    toast(id); // no clipboard here: to be read
  }
}
