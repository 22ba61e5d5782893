import { html, useState } from '../lib/html.js';
import { api } from '../lib/api.js';
import { t } from '../lib/i18n.js';
import { useAction, useLoad, usePage } from '../lib/page.js';
import { toast } from '../lib/toast.js';
import { Button } from '../ui/button.js';
import { Card } from '../ui/card.js';
import { Empty } from '../ui/empty.js';
import { Loaded } from '../ui/loaded.js';
import { ProblemNotice } from '../ui/notice.js';
import { ShowMore } from '../ui/pages.js';
import { SkeletonGrid } from '../ui/skeleton.js';
import { setFavourite } from './favourites.js';
import { keepKnown } from './known.js';
import { productsInSale } from './sales-store.js';

/** @typedef {import('../types/api.js').Product} Product */
/** @typedef {{items: Product[], cursor: string | null}} Kept */

const PAGE_SIZE = 24;

/** @param {string | null} cursor @param {AbortSignal} [signal] @returns {Promise<Kept>} */
async function loadKept(cursor, signal) {
  const page = await api.get('/collection', { query: { page_size: PAGE_SIZE, cursor }, signal });
  return { items: page.items.map((one) => one.product), cursor: page.next_cursor ?? null };
}

/** What was kept with a heart. @type {import('../lib/router.js').Page} */
export default function FavouritesPage() {
  const load = useLoad((signal) => loadKept(null, signal), []);
  usePage({ title: t('list.favouritesTitle'), ready: !load.loading });
  return html`<${Loaded} of=${load} page skeleton=${html`<div class="wrap waiting"><${SkeletonGrid} /></div>`}>${(/** @type {Kept} */ kept) => html`<${List} kept=${kept} onChange=${load.set} />`}</${Loaded}>`;
}

/** @param {{kept: Kept, onChange: (kept: Kept) => void}} props */
function List({ kept, onChange }) {
  const [hidden, setHidden] = useState(/** @type {ReadonlySet<number>} */ (new Set()));
  const more = useAction(async () => {
    const next = await loadKept(kept.cursor);
    onChange({ items: [...kept.items, ...next.items], cursor: next.cursor });
  });
  const hide = (/** @type {number} */ id, /** @type {boolean} */ on) => setHidden((old) => new Set(on ? [...old, id] : [...old].filter((one) => one !== id)));
  const shown = kept.items.filter((one) => !hidden.has(one.id));
  keepKnown(shown.filter((one) => one.on_sale));
  if (!shown.length && !kept.cursor) return html`<${None} />`;
  return html`<div class="wrap"><div class="list-head"><div><h1>${t('list.favouritesTitle')}</h1>
      <p role="status">${kept.cursor ? '\u00a0' : t('catalogue.things', { n: shown.length })}</p></div></div>
    <h2 class="unseen">${t('list.kept')}</h2><ul class="grid">${shown.map((product) => html`<${Card} key=${product.id} product=${product} inSale=${productsInSale.value.has(product.id)} liked onLike=${() => void remove(product, hide)} />`)}</ul>
    ${kept.cursor && html`<p class="list-more"><${ShowMore} busy=${more.busy} onMore=${() => void more.run()} /></p>`}
    <${ProblemNotice} error=${more.error} /></div>`;
}

/** Gone at once, with a way back. @param {Product} product @param {(id: number, on: boolean) => void} hide */
async function remove(product, hide) {
  const { id, name } = product;
  passFocusOn();
  hide(id, true);
  const undo = async () => {
    hide(id, false);
    if (!await setFavourite(id, true)) hide(id, true);
  };
  if (!await setFavourite(id, false)) return hide(id, false);
  toast(t('list.removed', { name }), product.on_sale ? { label: t('common.undo'), run: () => void undo() } : undefined);
}

/** The heart that was pressed goes: the focus moves to the next one. */
function passFocusOn() {
  const hearts = [...document.querySelectorAll('.card .heart')], at = hearts.findIndex((one) => one === document.activeElement);
  const next = at < 0 ? null : hearts[at + 1] ?? hearts[at - 1] ?? document.querySelector('main');
  if (next instanceof HTMLElement) next.focus({ preventScroll: true });
}

function None() {
  return html`<div class="wrap waiting"><${Empty} page title=${t('list.noFavourites')} text=${t('list.noFavouritesText')}><${Button} href="/c">${t('common.toSearch')}</${Button}></${Empty}></div>`;
}
