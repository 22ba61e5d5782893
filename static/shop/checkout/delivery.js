import { html, useEffect, useId, useState } from '../../lib/html.js';
import { api } from '../../lib/api.js';
import { countryName } from '../../lib/countries.js';
import { t } from '../../lib/i18n.js';
import { money } from '../../lib/money.js';
import { useLoad } from '../../lib/page.js';
import { rich } from '../../lib/rich.js';
import { shop } from '../../lib/shop.js';
import { tab } from '../../lib/storage.js';
import { Notice } from '../../ui/notice.js';
import { chosenOf, deliveryNeed, isOffered } from '../quote/methods.js';

/** @typedef {import('../../types/api.js').Quote} Quote */
/** @typedef {import('../../types/api.js').DeliveryMethod} Method */

/** Remembered while the tab lives, like the address. */
const WISHED = 'stampede_checkout_delivery';

/** The delivery that the buyer has chosen, until the order is placed. @returns {[number | null, (id: number | null) => void]} */
export function useWishedDelivery() {
  const [wished, setWished] = useState(/** @type {number | null} */ (tab.get(WISHED)));
  const wish = (/** @type {number | null} */ id) => { setWished(id); if (id === null) tab.remove(WISHED); else tab.set(WISHED, id); };
  return [wished, wish];
}

/**
 * What the quote leaves to be done about the delivery. A wish that does not serve the address any more is dropped, so that
 * the shop takes the only other one by itself.
 * @param {import('../quote/use-quote.js').Quoted} quoted @param {number | null} wished @param {(id: number | null) => void} wish
 */
export function useDelivery({ quote, settled }, wished, wish) {
  const empty = quote?.delivery_methods.length === 0;
  // A shop without methods delivers everywhere; one with methods, but none for this address, does not.
  const offered = useLoad(empty ? (signal) => api.get('/delivery_methods', { signal }) : null, [empty], { keep: true });
  useEffect(() => { if (settled && quote && wished !== null && !isOffered(quote, wished)) wish(null); }, [quote, settled]);
  return deliveryNeed(quote, offered.data?.items, wished);
}

/**
 * The methods that serve the address, at their prices for these goods; nothing when the shop has none.
 * @param {{quote: Quote | undefined, need: import('../quote/methods.js').DeliveryNeed, wished: number | null, country: string | undefined, locked: boolean, onPick: (id: number) => void}} props
 */
export function DeliveryChoice({ quote, need, wished, country, locked, onPick }) {
  const id = useId();
  if (need === 'nowhere') return html`<div class="delivery-choice"><${Notice} kind="warn" alert>${rich('checkout.nowhere', {}, { country: countryName(country ?? shop.country) })}</${Notice}></div>`;
  if (!quote?.delivery_methods.length) return null;
  return html`<div class="stack tight delivery-choice"><h3 id=${id}>${t('checkout.howDelivered')}</h3><div role="radiogroup" aria-labelledby=${id}>${quote.delivery_methods.map((method) => html`<label class="address" key=${method.id}>
    <span class="check"><input type="radio" name="delivery" checked=${method.id === chosenOf(quote, wished)} disabled=${locked} onChange=${() => onPick(method.id)} /></span>
    <span class="address-text"><b>${method.name}</b>${method.free_from ? html`<span class="muted small">${t('checkout.freeFromSum', { sum: money(method.free_from) })}</span>` : null}</span>
    <span class="num">${method.price ? money(method.price, { exact: true }) : t('checkout.free')}</span></label>`)}</div></div>`;
}
