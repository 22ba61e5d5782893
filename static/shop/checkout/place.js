import { html, useEffect, useState } from '../../lib/html.js';
import { api } from '../../lib/api.js';
import { t } from '../../lib/i18n.js';
import { once } from '../../lib/idempotency.js';
import { useAction, usePage } from '../../lib/page.js';
import { Problem } from '../../lib/problem.js';
import { setQuery } from '../../lib/router.js';
import { tab } from '../../lib/storage.js';
import { ActButton } from '../../ui/act-button.js';
import { Notice } from '../../ui/notice.js';
import { loadBag, setCount } from '../bag.js';
import { lineState, priceChanges, sumUp, unitPrice } from '../cart/lines.js';
import { PriceNotice } from '../cart/notices.js';
import { optionText } from '../cart/option.js';
import { remembered } from '../cart/prices.js';
import { CodeBox } from '../quote/code-box.js';
import { codes } from '../quote/kept-codes.js';
import { methodOf } from '../quote/methods.js';
import { QuoteFailed, TotalsWait } from '../quote/quote-state.js';
import { lineDiscount, useQuote } from '../quote/use-quote.js';
import { DeliveryChoice, useDelivery, useWishedDelivery } from './delivery.js';
import { LeftOut } from './left-out.js';
import { CodesNotice, TotalNotice } from './news.js';
import { goodsOf, placeBody, placeIntent, wishKey } from './rules.js';
import { Step } from './step.js';
import { Summary } from './summary.js';
import { Trouble } from './trouble.js';
import { keepAsked, unanswered } from './unanswered.js';
import { Where } from './where.js';

/** @typedef {import('../../types/api.js').Address} Address */
/** @typedef {import('../../types/api.js').CartItem} CartItem */
/** @typedef {import('../../types/api.js').Order} Order */

/** Remembered while the tab lives, so that a log-in or a look at the bag does not forget the choice. */
const CHOSEN = 'stampede_checkout_address';
/** Refusals after which the goods and their quote are looked at again. */
const STALE = ['price_changed', 'promotion_rejected', 'stock_insufficient', 'not_on_sale', 'cart_empty'];
/** Refusals after which only the quote is. */
const UNDELIVERED = ['delivery_method_required', 'delivery_not_offered'];

/** How long what one gateway changed may be unknown to another, and a little more. */
const LAG_MS = 1300;

/**
 * The first step: where it goes, what it costs, and the order.
 * @param {{items: CartItem[], fromBag: boolean, addresses: Address[], onAddresses: (all: Address[]) => void, reload: () => void, onPlaced: (order: Order) => void}} props
 */
export function Place({ items, fromBag, addresses, onAddresses, reload, onPlaced }) {
  const [picked, setPicked] = useState(/** @type {number | null} */ (tab.get(CHOSEN)));
  const [writing, setWriting] = useState(false), [wished, wishFor] = useWishedDelivery();
  // What was asked at the last press, to tell what moved since.
  const [asked, setAsked] = useState({ prices: /** @type {import('../cart/prices.js').Prices} */ ({}), total: /** @type {number | null | undefined} */ (null) });
  const { counted } = sumUp(items), out = items.filter((item) => lineState(item) !== 'ok');
  const chosen = (addresses.find(({ id }) => id === picked) ?? addresses.find((one) => one.is_default) ?? addresses[0])?.id ?? null;
  const pick = (/** @type {number} */ id) => { setPicked(id); tab.set(CHOSEN, id); };
  const goods = goodsOf(items, fromBag), quoted = useQuote(counted.length ? { ...goods, address_id: chosen, codes: codes.value, delivery_method_id: wished } : null, items), { quote } = quoted;
  const need = useDelivery(quoted, wished, wishFor);
  usePage({ title: '', ready: !quoted.waiting });
  const place = useAction(async () => {
    if (chosen === null || !quote) return;
    const wish = { ...goods, address_id: chosen, codes: codes.value, delivery_method_id: wished }, wanted = wishKey(wish, counted), fresh = placeBody(wish, quote);
    const { body, intent } = unanswered(wanted) ?? { body: fresh, intent: placeIntent(fresh, counted) };
    setAsked({ prices: remembered({}, items), total: body.expected_total });
    keepAsked(wanted, body, intent);
    try {
      const order = await once(intent, (key) => api.post('/order', body, { key }));
      tab.remove(CHOSEN);
      wishFor(null);
      onPlaced(order);
      if (fromBag) await clearBag(body.from_cart ? [] : counted);
    } catch (error) {
      if (error instanceof Problem && STALE.includes(error.code)) { reload(); quoted.reload(); }
      if (error instanceof Problem && UNDELIVERED.includes(error.code)) quoted.reload();
      if (error instanceof Problem && error.field('address_id')) onAddresses((await api.get('/address')).items);
      throw error;
    }
  });
  const { error } = place, changes = priceChanges(asked.prices, items);
  const refused = error?.code === 'stock_insufficient' || error?.code === 'not_on_sale', unsure = Boolean(error?.unknownOutcome && error.status !== 503);
  const told = (changes.length > 0 && error?.code === 'price_changed') || (refused && out.length > 0) || error?.code === 'promotion_rejected';
  // Another gateway may tell the old prices and stock for a second more.
  const unseen = error && STALE.includes(error.code) && !told ? error : null;
  const moved = unseen?.code === 'price_changed' && quote && asked.total != null && quote.totals.total !== asked.total ? asked.total : null, said = told || moved !== null;
  useEffect(() => {
    if (!unseen) return undefined;
    const timer = setTimeout(reload, LAG_MS);
    return () => clearTimeout(timer);
  }, [unseen]);
  const saved = (/** @type {Address} */ address) => {
    onAddresses([address, ...addresses.filter(({ id }) => id !== address.id).map((one) => (address.is_default ? { ...one, is_default: false } : one))]);
    pick(address.id);
  };
  const take = async (/** @type {CartItem} */ { sku, product }, /** @type {number} */ num) => {
    if (fromBag) await setCount({ sku_id: sku.id, product_id: product.id }, num);
    else setQuery({ num });
    place.clear();
  };
  return html`<div class="two"><div class="stack steps">
      <${PriceNotice} changes=${changes} refused />
      ${moved !== null && html`<${TotalNotice} from=${moved} to=${quote?.totals.total} />`}
      ${error?.code === 'promotion_rejected' && html`<${CodesNotice} error=${error} />`}
      <${LeftOut} items=${out} fromBag=${fromBag} alert=${refused} onTake=${take} />
      <div><${Step} no=${1} state="now"><${Where} addresses=${addresses} chosen=${chosen} locked=${place.busy || unsure} onPick=${pick} onSaved=${saved} onWriting=${setWriting} />
          <${DeliveryChoice} quote=${quote} need=${need} wished=${wished} country=${addresses.find(({ id }) => id === chosen)?.country} locked=${place.busy || unsure} onPick=${(/** @type {number} */ id) => { place.clear(); wishFor(id); }} /></${Step}>
        <${Step} no=${2}><h2 class="muted">${t('checkout.payFrom')}</h2></${Step}></div></div>
    <${Summary} lines=${counted.map((item) => ({ ...lineOf(item), discount: lineDiscount(quote, item) }))} sums=${quoted.error || !quote ? null : { ...quote, delivery: methodOf(quote) }} open=${need === 'choose'}
      instead=${quoted.error ? html`<${QuoteFailed} quoted=${quoted} />` : counted.length > 0 && html`<${TotalsWait} />`} choices=${counted.length > 0 && html`<${CodeBox} quoted=${quoted} locked=${place.busy || unsure} />`}>
      ${error && !said && !(need === 'nowhere' && UNDELIVERED.includes(error.code)) && html`<${Faulty} error=${error} />`}
      <${ActButton} block error=${error} busy=${place.busy} disabled=${!counted.length || chosen === null || writing || !quoted.settled || need === 'choose' || need === 'nowhere'} aria-describedby="place-why" onClick=${() => void place.run()}>${t('checkout.place')}</${ActButton}>
      <p class="tiny muted" id="place-why">${t(!counted.length ? 'checkout.nothingCounts' : writing || chosen === null ? 'checkout.addressFirst' : need === 'nowhere' ? 'checkout.otherAddress' : need === 'choose' ? 'checkout.deliveryFirst' : 'checkout.heldOnce')}</p>
    </${Summary}></div>`;
}

/** @param {{error: Problem}} props */
function Faulty({ error }) {
  if (error.field('address_id')) return html`<${Notice} kind="bad" alert>${t('checkout.addressGone')}</${Notice}>`;
  return html`<${Trouble} error=${error} unknown="checkout.placeUnknown" />`;
}

/** What was ordered leaves the bag; what could not be had stays. @param {CartItem[]} ordered none: the shop has emptied it */
async function clearBag(ordered) {
  try {
    for (const { sku, product } of ordered) await setCount({ sku_id: sku.id, product_id: product.id }, 0);
    if (!ordered.length) await loadBag();
  } catch { /* the order stands; the bag is looked at again when it is opened */ }
}

/** @param {CartItem} item */
const lineOf = (item) => ({ sku: item.sku.id, name: item.product.name, option: optionText(item.sku), num: item.num, total: unitPrice(item) * item.num, image: item.product.cover });
