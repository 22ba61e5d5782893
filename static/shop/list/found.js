import { html, useEffect, useRef } from '../../lib/html.js';
import { list, t } from '../../lib/i18n.js';
import { money } from '../../lib/money.js';
import { breakable } from '../../lib/rich.js';
import { Button } from '../../ui/button.js';
import { Empty } from '../../ui/empty.js';
import { Icon } from '../../ui/icon.js';
import { ShowMore } from '../../ui/pages.js';
import { Goods } from '../goods.js';
import { highlight } from '../highlight.js';
import { roots } from '../shelves.js';
import { filtersOf, pathOf, without } from './criteria.js';
import { hasMore } from './results.js';

/** @typedef {import('./criteria.js').Criteria} Criteria */
/** @typedef {import('./criteria.js').Filter} Filter */
/** @typedef {import('./results.js').Results} Results */
/** @typedef {import('../../types/api.js').Category} Category */
/** @typedef {import('../../types/api.js').Product} Product */
/** @typedef {{criteria: Criteria, category: Category | undefined, onChange: (next: Criteria, options?: {replace?: boolean}) => void}} ListProps */

/** A filter that is set, in words. @param {Criteria} criteria @param {Filter} filter @param {Category | undefined} category */
function wordsOf({ min, max }, filter, category) {
  if (filter === 'category') return category?.name ?? '';
  if (filter === 'stock') return t('list.inStockChip');
  if (min !== null && max !== null) return t('list.between', { from: money(min), to: money(max) });
  return min !== null ? t('list.atLeast', { price: money(min) }) : t('list.atMost', { price: money(max ?? 0) });
}

/** What is set, each with a way out. @param {ListProps} props */
export function Chips({ criteria, category, onChange }) {
  const set = filtersOf(criteria);
  if (!set.length) return null;
  return html`<div class="chips scroll list-chips" role="group" aria-label=${t('list.filtersSet')}>${set.map((filter) => {
    const words = wordsOf(criteria, filter, category);
    return html`<button class="chip" type="button" key=${filter} aria-label=${t('list.takeAway', { filter: words })} onClick=${() => onChange(without(criteria, [filter]))}>${breakable(words)}<${Icon} name="x" /></button>`;
  })}${set.length > 1 && html`<button class="link small" type="button" onClick=${() => onChange(without(criteria, set))}>${t('list.clearAll')}</button>`}</div>`;
}

/** The things, and the pages before and after them. @param {ListProps & {results: Results, waiting: boolean}} props */
export function Found({ criteria, results, waiting, onChange, category }) {
  const box = useRef(/** @type {HTMLElement | null} */ (null));
  useFocusOnMore(box, results);
  if (!results.items.length) return html`<${Nothing} criteria=${criteria} results=${results} category=${category} onChange=${onChange} />`;
  const mark = criteria.q ? (/** @type {Product} */ product) => marked(product.name, criteria.q) : undefined;
  const page = (/** @type {number} */ n) => ({ ...criteria, page: n });
  const more = (/** @type {number} */ n) => onChange(page(n), { replace: true });
  return html`<div ref=${box} class="found" aria-busy=${waiting ? 'true' : undefined}><h2 class="unseen">${t('list.results')}</h2>
    ${results.first > 1 && html`<p class="list-more"><${ShowMore} busy=${waiting} href=${pathOf(page(results.first - 1))} onMore=${() => more(results.first - 1)} label=${t('list.earlier')} /></p>`}
    <${Goods} three products=${results.items} mark=${mark} eager=${3} />
    ${hasMore(results) && html`<p class="list-more"><${ShowMore} busy=${waiting} href=${pathOf(page(results.last + 1))} onMore=${() => more(results.last + 1)} />
      <span class="muted small">${t('list.shownOf', { n: results.items.length, total: results.total })}</span></p>`}</div>`;
}

/** @param {string} name @param {string} words */
const marked = (name, words) => highlight(name, words).map((part) => (part.hit ? html`<mark>${part.text}</mark>` : breakable(part.text)));

/** After "Show more" the focus stands on the first new thing: the button may have gone. @param {{current: HTMLElement | null}} box @param {Results} results */
function useFocusOnMore(box, results) {
  const before = useRef(results);
  useEffect(() => {
    const { key, last, items } = before.current;
    before.current = results;
    if (results.key !== key || results.last <= last || !items.length) return;
    const link = box.current?.querySelectorAll('.card-title a')[items.length];
    if (link instanceof HTMLElement) link.focus({ preventScroll: true });
  }, [results]);
}

/** Where nothing was found, and where to go from there. @param {ListProps & {results: Results}} props */
function Nothing({ criteria, results, category, onChange }) {
  const set = filtersOf(criteria);
  if (results.total > 0) {
    return html`<${Empty} title=${t('list.pastTheEnd', { n: results.total })}><${Button} href=${pathOf({ ...criteria, page: 1 })}>${t('list.fromTheStart')}</${Button}></${Empty}>`;
  }
  if (set.length) {
    const where = list(set.map((filter) => wordsOf(criteria, filter, category)));
    return html`<${Empty} title=${t('list.noFit')} text=${criteria.q ? t('list.noFitSearch', { q: criteria.q, where }) : t('list.noFitShelf', { shelf: category?.name ?? t('common.allGoods'), where })}>
      <${Button} onClick=${() => onChange(without(criteria, set))}>${t('list.clearFilters')}</${Button}><${Shelves} /></${Empty}>`;
  }
  return html`<${Empty} title=${t('list.emptyShelf')} text=${t('list.emptyShelfText')}><${Shelves} /></${Empty}>`;
}

/** Words that nothing is called: the title of the page says so. @param {{q: string}} props */
export function NothingCalled({ q }) {
  return html`<div class="wrap waiting"><${Empty} page title=${t('list.nothingCalled', { q })} text=${t('list.whereLooked')}><${Shelves} /></${Empty}></div>`;
}

const Shelves = () => html`<nav class="chips" aria-label=${t('catalogue.categories')}>${roots.value.map((one) => html`<a class="chip" key=${one.id} href=${`/c/${one.id}`}>${breakable(one.name)}</a>`)}
  <a class="chip" href="/c">${t('common.allGoods')}</a></nav>`;

