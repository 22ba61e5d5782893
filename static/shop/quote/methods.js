/** The delivery methods of a quote. Pure. */

/** @typedef {import('../../types/api.js').Quote} Quote */
/** @typedef {'none' | 'chosen' | 'choose' | 'nowhere'} DeliveryNeed `nowhere`: the shop delivers, but not to this address */

/** @param {Quote | undefined} quote @param {unknown[]} offered all that the shop offers to any country @returns {DeliveryNeed} */
export function deliveryNeed(quote, offered) {
  if (quote?.delivery_method_id != null) return 'chosen';
  if (quote?.delivery_methods.length) return 'choose';
  return quote && offered.length ? 'nowhere' : 'none';
}

/** @param {Quote} quote @param {number | null | undefined} id */
export const isOffered = (quote, id) => quote.delivery_methods.some((method) => method.id === id);

/** The method that an order at this quote is delivered by. @param {Quote | null | undefined} quote */
export const methodOf = (quote) => quote?.delivery_methods.find(({ id }) => id === quote.delivery_method_id) ?? null;
