import { html } from '../../lib/html.js';
import { t } from '../../lib/i18n.js';
import { useAction } from '../../lib/page.js';
import { rich } from '../../lib/rich.js';
import { Notice } from '../../ui/notice.js';
import { Trouble } from './trouble.js';
import { lineState } from '../cart/lines.js';

/** @typedef {import('../../types/api.js').CartItem} CartItem */

const WHY = /** @type {const} */ ({ sold_out: ['checkout.outSoldOut', 'checkout.nowSoldOut'], fewer: ['checkout.outFewer', 'checkout.nowFewer'],
  off_sale: ['checkout.outOffSale', 'checkout.nowOffSale'] });

/**
 * The lines that cannot be ordered as they are, each with what can be done about it.
 * @param {{items: CartItem[], fromBag: boolean, alert?: boolean, onTake: (item: CartItem, num: number) => Promise<void>}} props
 *   `alert`: the shop has just refused them
 */
export function LeftOut({ items, fromBag, alert, onTake }) {
  return items.map((item) => html`<${One} key=${item.sku.id} item=${item} fromBag=${fromBag} alert=${alert} onTake=${onTake} />`);
}

/** @param {{item: CartItem, fromBag: boolean, alert?: boolean, onTake: (item: CartItem, num: number) => Promise<void>}} props */
function One({ item, fromBag, alert, onTake }) {
  const state = lineState(item), take = useAction(() => onTake(item, item.sku.num));
  if (state === 'ok') return null;
  return html`<${Notice} kind="warn" alert=${alert}><p>${rich(WHY[state][fromBag ? 0 : 1], {}, { name: item.product.name, n: item.sku.num, wanted: item.num })}</p>
    <p class="row notice-act">${state === 'fewer' && html`<button class="link small" type="button" onClick=${() => void take.run()}>${t('checkout.takeLeft', { n: item.sku.num })}</button>`}
      ${fromBag ? html`<a class="link small" href="/cart">${t('checkout.changeBag')}</a>` : html`<a class="link small" href=${`/p/${item.product.id}?sku=${item.sku.id}`}>${t('checkout.chooseOther')}</a>`}</p>
    <${Trouble} error=${take.error} unknown="checkout.notSaved" /></${Notice}>`;
}
