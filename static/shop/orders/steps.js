/** The way of an order as steps of a timeline. Pure. */

/** @typedef {import('../../types/api.js').Order} Order */
/** @typedef {{key: 'stepPlaced' | 'stepPaid' | 'stepShipped' | 'stepReceived' | 'stepCancelled' | 'stepRefunded', at: string | null, state: 'done' | 'now' | 'todo',
 *   todo?: 'todoPaid' | 'todoShipped' | 'todoReceived'}} Step keys of `orders.` */

const BROKEN = /** @type {const} */ ({ cancelled: 'stepCancelled', refunded: 'stepRefunded' });

/** When it was refunded is told by the history alone. @param {Order} order */
const endedAt = (order) => order.cancelled_at ?? order.history?.findLast(({ to }) => to === order.status)?.at ?? null;

/** @param {Order} order @returns {Step[]} */
export function stepsOf(order) {
  /** @type {Step[]} */
  const way = [{ key: 'stepPlaced', at: order.created_at, state: 'done' }, { key: 'stepPaid', at: order.paid_at ?? null, state: 'todo', todo: 'todoPaid' },
    { key: 'stepShipped', at: order.shipped_at ?? null, state: 'todo', todo: 'todoShipped' }, { key: 'stepReceived', at: order.completed_at ?? null, state: 'todo', todo: 'todoReceived' }];
  const done = way.filter(({ at }) => at !== null);
  if (order.status === 'cancelled' || order.status === 'refunded') done.push({ key: BROKEN[order.status], at: endedAt(order), state: 'done' });
  const ended = order.status in BROKEN, last = done.length - 1, steps = ended ? done : way;
  // The last thing that happened is where it stands; an order that is through has none that goes on.
  return steps.map((step, i) => ({ ...step, state: i > last ? 'todo' : i < last || order.status === 'completed' ? 'done' : 'now' }));
}
