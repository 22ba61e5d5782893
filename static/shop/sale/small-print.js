/** The lines below the button: who, where to, by which clock, and what else there is to know or to do. */
import { placeLine } from '../../lib/countries.js';
import { everyday, isComing, isOver } from './phase.js';

/** @typedef {import('./rows.js').Line} Line */
/** @typedef {import('./rows.js').Facts} Facts */
/** @typedef {import('./rows.js').Verdict} Verdict */
/** @typedef {import('./rows.js').Around} Around */

/** @param {Facts} facts @param {Verdict} verdict @param {Around} around @returns {Line[]} */
export function smallPrint(facts, verdict, around) {
  const { sale, member, claim } = facts, { state, order } = verdict;
  const known = { one: limitLine(facts, around), ship: shipLine(member, around), delivery: deliveryLine(sale, around), sync: syncLine(around) };
  const some = (/** @type {(Line | null)[]} */ ...lines) => /** @type {Line[]} */ (lines.filter(Boolean));
  switch (state) {
    case 'upcoming': return some(known.one, member ? known.ship : logInLine(sale.id), known.delivery, known.sync);
    case 'warming': return some(member ? readyLine(around) ?? known.one : logInLine(sale.id), member ? known.ship : known.one, known.delivery, known.sync);
    case 'live': return some(ownLine(facts, verdict) ?? known.one, known.ship, known.delivery, known.sync);
    case 'submitting': return some(known.one, known.ship);
    case 'queued': return [...(claim?.step === 'ticket' ? [ticketLine(claim.ticket)] : []), { icon: 'refresh-cw', words: { key: 'reloadFine' } }];
    case 'won': return order ? wonLines(facts, verdict, order) : [];
    case 'lost': case 'throttled': case 'paused': return some(ownLine(facts, verdict) ?? known.one, known.ship);
    case 'sold_out': return some(around.watched ? { icon: 'refresh-cw', words: { key: 'watching' } } : null, ownLine(facts, verdict), everydayLine(sale));
    case 'ended': return some(nextLine(around));
    case 'cancelled': return some(order ? orderLine(order.id) : ordersLine(member), nextLine(around));
    case 'already_bought': return some(order ? statusLine(order) : null, isOver(verdict.phase) ? everydayLine(sale) : null, nextLine(around));
    case 'need_login': return [known.one, { icon: 'user-plus', words: { key: 'makeAccount' }, links: { join: { do: 'link', href: `/register?next=${encodeURIComponent(`/sale/${sale.id}`)}` } } }];
    case 'offline': return some({ icon: 'refresh-cw', words: { key: 'tryAgainSelf' } }, isComing(verdict.phase) ? known.sync : null);
  }
}

/** @param {Facts} facts @param {Around} around @returns {Line} */
function limitLine({ sale }, { payWithinMs }) {
  const n = Math.round(payWithinMs / 60_000);
  return { icon: 'user-round', words: sale.per_user_limit === 1 ? { key: 'oneEach', with: { n } } : { key: 'someEach', with: { most: sale.per_user_limit, n } } };
}

/** @param {boolean} member @param {Around} around @returns {Line | null} */
function shipLine(member, { addresses, chosen }) {
  if (!member || addresses === null) return null;
  const change = { change: { do: /** @type {const} */ ('address') } };
  const one = addresses.find(({ id }) => id === chosen);
  if (!one) return { icon: 'map-pin', words: { key: 'noAddress' }, links: change };
  return { icon: 'map-pin', words: { key: 'goesTo', with: { who: placeOf(one) } }, links: change };
}

/** In one line. @param {{name: string, address: string, postcode?: string | null, country?: string}} place */
const placeOf = (place) => [place.name, ...place.address.split('\n'), placeLine(place)].map((part) => part.trim()).filter(Boolean).join(', ');

/** @param {Around} around @returns {Line} */
const syncLine = ({ precision }) => ({ icon: 'clock', words: precision === null ? { key: 'unsynced' } : { key: 'synced', with: { n: precision } } });

/** What the delivery adds to the price of one. @param {Facts['sale']} sale @param {Around} around @returns {Line | null} */
function deliveryLine({ price }, { delivery }) {
  if (!delivery) return null;
  const { name, free_from: freeFrom } = delivery, free = delivery.price === 0 || (freeFrom != null && price >= freeFrom);
  return { icon: 'truck', words: free ? { key: 'deliveryFree', with: { name } } : { key: 'deliveryCosts', with: { name, price: { money: delivery.price } } } };
}

/** @param {number} sale @returns {Line} */
const logInLine = (sale) => ({ icon: 'log-in', words: { key: 'logInFirst' }, links: { login: { do: 'link', href: `/login?next=${encodeURIComponent(`/sale/${sale}`)}` } } });

/** @param {Around} around @returns {Line | null} */
const readyLine = ({ addresses, chosen }) => (addresses && chosen !== null ? { icon: 'circle-check', words: { key: 'allReady' } } : null);

/** What of this sale is in the visitor's orders already, where there is room for more. @param {Facts} facts @param {Verdict} verdict @returns {Line | null} */
function ownLine({ sale }, { held, orderId }) {
  if (!held || !orderId) return null;
  return { icon: 'receipt-text', words: { key: 'ownsSome', with: { n: held, most: sale.per_user_limit } }, links: { order: { do: 'link', href: `/order/${orderId}` } } };
}

/** @param {string} id @returns {Line} */
const ticketLine = (id) => ({ icon: 'ticket', words: { key: 'ticket', with: { id: `${id.slice(0, 4)}…${id.slice(-4)}` } } });

/** @param {string} id @returns {Line} */
const orderLine = (id) => ({ icon: 'receipt-text', words: { key: 'orderLink' }, links: { order: { do: 'link', href: `/order/${id}` } } });

/** @param {boolean} member @returns {Line | null} */
const ordersLine = (member) => (member ? { icon: 'receipt-text', words: { key: 'yourOrders' }, links: { orders: { do: 'link', href: '/orders' } } } : null);

/** @param {Facts} facts @param {Verdict} verdict @param {import('./machine.js').Order} order @returns {Line[]} */
function wonLines({ sale, claim }, { again }, order) {
  const payBy = Date.parse(order.pay_by ?? sale.ends_at), after = payBy >= Date.parse(sale.ends_at);
  /** @type {Line[]} */
  const lines = [orderLine(order.id)];
  if (order.address) lines.push({ icon: 'map-pin', words: { key: 'goesFixed', with: { who: placeOf(order.address) } } });
  lines.push({ icon: 'timer', words: { key: after ? 'unpaidShelf' : 'unpaidGoes', with: { at: { time: payBy } } } });
  if (again && claim?.step === 'refused') lines.unshift({ icon: 'circle-alert', words: { key: 'lostOther', problem: claim.code } });
  return lines;
}

const STATUS = /** @type {const} */ ({ unpaid: ['timer', 'statusUnpaid'], paid: ['wallet', 'statusPaid'], shipped: ['truck', 'statusShipped'], completed: ['circle-check', 'statusCompleted'] });

/** @param {import('./machine.js').Order} order @returns {Line | null} */
function statusLine({ status }) {
  if (status === 'cancelled' || status === 'refunded') return null;
  const [icon, key] = STATUS[status];
  return { icon, words: { key } };
}

/** @param {Facts['sale']} sale @returns {Line | null} */
function everydayLine(sale) {
  const usual = everyday(sale);
  if (!usual?.inStock) return null;
  return { icon: 'tag', words: { key: 'orWithout', with: { price: { money: usual.price } } }, links: { buy: { do: 'link', href: `/p/${sale.product.id}?sku=${sale.sku_id}` } } };
}

/** @param {Around} around @returns {Line | null} */
function nextLine({ next }) {
  if (!next) return null;
  return { icon: 'calendar-plus', words: { key: 'nextSale', with: { name: next.name, when: { when: next.startsAt } } }, links: { next: { do: 'link', href: `/sale/${next.id}` } } };
}
