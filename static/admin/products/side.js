import { html } from '../../lib/html.js';
import { t } from '../../lib/i18n.js';
import { parseMoney } from '../../lib/money-input.js';
import { shop } from '../../lib/shop.js';
import { Card } from '../../ui/card.js';
import { Select } from '../../ui/field.js';
import { faultWords } from './fault-words.js';
import { wholeNumber } from './faults.js';
import { shelfOptions } from './shelf-options.js';

/** @typedef {import('./draft.js').Draft} Draft */
/** @typedef {import('../../types/api.js').Category} Category */
/** @typedef {import('../../types/api.js').Sale} Sale */

/**
 * Whether it is in the shop, and on which shelf.
 * @param {{draft: Draft, faults: import('./faults.js').Faults, shelves: Category[], sale: Sale | null, onChange: (draft: Draft) => void}} props
 *   `sale`: one that is not over keeps the product in the shop
 */
export function Placing({ draft, faults, shelves, sale, onChange }) {
  const held = sale !== null && draft.onSale;
  return html`<section class="panel" aria-label=${t('adminProducts.inShop')}><div class="in stack placing">
    <label class="row placing-switch"><span><b>${t('adminProducts.inShop')}</b><span class="tiny muted">${t('adminProducts.inShopHint')}</span></span>
      <input class="switch" type="checkbox" role="switch" checked=${draft.onSale} aria-label=${t('adminProducts.inShop')} disabled=${held} aria-describedby=${held ? 'held' : undefined} onChange=${(/** @type {any} */ event) => onChange({ ...draft, onSale: event.currentTarget.checked })} /></label>
    ${held && html`<p class="tiny muted" id="held">${t('adminProducts.inSale')} <a class="link" href=${`/admin/sales/${sale.id}`}>${t('adminProducts.toSale')}</a></p>`}
    <hr class="rule" />
    <${Select} label=${t('adminProducts.shelf')} value=${draft.shelf} error=${faultWords(faults.shelf)} onChange=${(/** @type {string} */ shelf) => onChange({ ...draft, shelf })}
      options=${[...(draft.shelf ? [] : [{ value: '', label: t('adminProducts.chooseShelf') }]), ...shelfOptions(shelves)]} /></div></section>`;
}

/** The card as shoppers see it, in the shop's language. @param {{draft: Draft, inSale: boolean}} props */
export function Preview({ draft, inSale }) {
  const words = draft.words[shop.language] ?? Object.values(draft.words)[0], first = draft.variants[0], shot = draft.shots[0];
  const price = parseMoney(first?.price ?? '') ?? 0, reduced = first?.reduced.trim() ? parseMoney(first.reduced) : null;
  const num = draft.variants.reduce((sum, variant) => sum + (variant.id === null ? wholeNumber(variant.num) ?? 0 : variant.stock), 0);
  const unsized = { id: 0, width: 400, height: 400 }, url = shot?.url ?? '';
  const cover = shot && (shot.image ?? { ...unsized, url, variants: { thumb: url, small: url, large: url } });
  const product = { id: 0, name: words.name || t('adminProducts.previewName'), title: words.title, price, discount_price: reduced !== null && reduced < price ? reduced : null, cover, num: num || (first?.id === null && !first.num ? 99 : 0) };
  return html`<section class="panel" aria-labelledby="preview"><header><h2 id="preview">${t('adminProducts.preview')}</h2></header>
    <div class="in preview-card" inert><ul><${Card} product=${product} inSale=${inSale} liked=${false} onLike=${() => {}} eager /></ul></div></section>`;
}
