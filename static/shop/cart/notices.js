import { html } from '../../lib/html.js';
import { t } from '../../lib/i18n.js';
import { money } from '../../lib/money.js';
import { rich } from '../../lib/rich.js';
import { Notice } from '../../ui/notice.js';
import { lineState } from './lines.js';

/** @typedef {import('../../types/api.js').CartItem} CartItem */
/** @typedef {import('./lines.js').PriceChange} PriceChange */

/** What changed while things lay in the bag; one notice a kind. @param {{items: CartItem[], changes: PriceChange[], lost: number}} props */
export function BagNotices({ items, changes, lost }) {
  const out = items.filter((item) => lineState(item) === 'sold_out'), off = items.filter((item) => lineState(item) === 'off_sale');
  const fewer = items.filter((item) => lineState(item) === 'fewer');
  return html`<${PriceNotice} changes=${changes} />
    ${out.length > 0 && html`<${Notice} kind="warn">${out.length === 1 ? rich('checkout.soldOutOne', {}, { name: out[0].product.name }) : rich('checkout.soldOutMany', {}, { n: out.length })}</${Notice}>`}
    ${fewer.map((item) => html`<${Notice} kind="warn" key=${item.sku.id}>${rich('checkout.fewer', {}, { name: item.product.name, n: item.sku.num, wanted: item.num })}</${Notice}>`)}
    ${(off.length > 0 || lost > 0) && html`<${Notice} kind="warn">${rich('checkout.offSale', {}, { n: off.length + lost })}</${Notice}>`}`;
}

/** @param {{changes: PriceChange[], refused?: boolean}} props `refused`: an order was not placed because of it */
export function PriceNotice({ changes, refused }) {
  if (!changes.length) return null;
  const [{ item, from, to }] = changes;
  return html`<${Notice} kind="warn" alert=${refused}>${changes.length > 1 ? rich(refused ? 'checkout.pricesNow' : 'checkout.pricesChanged', {}, { n: changes.length })
    : rich(refused ? 'checkout.priceNow' : 'checkout.priceChanged', {}, { name: item.product.name, from: exact(from), to: exact(to) })}</${Notice}>`;
}

/** @param {number} minor */
const exact = (minor) => money(minor, { exact: true });

/** On the line itself. @param {{from: number, to: number}} props */
export const PriceTag = ({ from, to }) => html`<p class="small"><span class="tag">${t('checkout.priceTag', { from: exact(from), to: exact(to) })}</span></p>`;
