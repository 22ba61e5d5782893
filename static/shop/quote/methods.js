/** The delivery methods of a quote. Pure. */

/** @typedef {import('../../types/api.js').Quote} Quote */
/** @typedef {'none' | 'chosen' | 'choose' | 'nowhere'} DeliveryNeed `nowhere`: the shop delivers, but not to this address */

/**
 * What is left to be done about the delivery.
 * @param {Quote | undefined} quote @param {unknown[]} [offered] all that the shop offers to any country @param {number | null} [wished] chosen since the quote
 * @returns {DeliveryNeed}
 */
export function deliveryNeed(quote, offered = [], wished = null) {
  if (quote && chosenOf(quote, wished) !== null) return 'chosen';
  if (quote?.delivery_methods.length) return 'choose';
  return quote && offered.length ? 'nowhere' : 'none';
}

/** @param {Quote} quote @param {number | null | undefined} id */
export const isOffered = (quote, id) => quote.delivery_methods.some((method) => method.id === id);

/** What was chosen shows at once, not when the shop has quoted it. @param {Quote} quote @param {number | null} wished */
export const chosenOf = (quote, wished) => (isOffered(quote, wished) ? wished : quote.delivery_method_id ?? null);

/** The method that an order at this quote is delivered by. @param {Quote | null | undefined} quote */
export const methodOf = (quote) => quote?.delivery_methods.find(({ id }) => id === quote.delivery_method_id) ?? null;
