import { html, useEffect, useState } from '../lib/html.js';
import { t } from '../lib/i18n.js';
import { useLoad, usePage } from '../lib/page.js';
import { breakable } from '../lib/rich.js';
import { setAddress } from '../lib/router.js';
import { Button } from '../ui/button.js';
import { Crumbs } from '../ui/crumbs.js';
import { Dialog } from '../ui/dialog.js';
import { ErrorState } from '../ui/error.js';
import { Select } from '../ui/field.js';
import { Icon } from '../ui/icon.js';
import { LoadingWord, SkeletonGrid, SkeletonLine } from '../ui/skeleton.js';
import { filtersOf, keyOf, pathOf, readCriteria, sortsFor } from './list/criteria.js';
import { Filters } from './list/filters.js';
import { Chips, Found, NothingCalled } from './list/found.js';
import { keptResults, loadChoices, loadResults } from './list/results.js';
import NotFound from './not-found.js';
import { categories, loadCategories, shelf, wayTo } from './shelves.js';

/** @typedef {import('./list/criteria.js').Criteria} Criteria */
/** @typedef {import('./list/results.js').Results} Results */
/** @typedef {import('../types/api.js').Category} Category */

/** All goods, a category, a search: one list, whose state is its address. @type {import('../lib/router.js').Page} */
export default function ListPage({ params, query }) {
  const criteria = readCriteria(params, query), key = keyOf(criteria);
  const load = useLoad((signal) => loadResults(criteria, signal), [key, criteria.page], { keep: true });
  const shelves = useLoad(loadCategories, []);
  const results = load.error ? null : keptResults(criteria) ?? load.data ?? null;
  const choices = useLoad(results?.key === key ? (signal) => loadChoices(criteria, results.facets, signal) : null, [key], { keep: true });
  const known = shelves.data ?? categories.value, category = known.find((one) => one.id === criteria.category);
  useEffect(() => {
    shelf.value = criteria.category;
    return () => { shelf.value = null; };
  }, [criteria.category]);
  if (criteria.category !== null && known.length && !category) return html`<${NotFound} />`;
  return html`<${List} criteria=${criteria} category=${category} load=${load} results=${results} choices=${choices.data} named=${!shelves.loading || known.length > 0} />`;
}

/** @param {Criteria} criteria @param {Category | undefined} category */
function titleOf(criteria, category) {
  if (criteria.q) return t('list.searched', { q: criteria.q });
  return category?.name ?? t('common.allGoods');
}

/**
 * @param {{criteria: Criteria, category: Category | undefined, load: import('../lib/page.js').Load<Results>, results: Results | null,
 *   choices: import('./list/results.js').Choices | undefined, named: boolean}} props `named`: the shelves are known, or will not be
 */
function List({ criteria, category, load, results, choices, named }) {
  const title = titleOf(criteria, category), current = results?.key === keyOf(criteria);
  const nothing = current && results !== null && !results.total && criteria.q !== '' && !filtersOf(criteria).length;
  usePage({ title: nothing ? t('list.nothingCalled', { q: criteria.q }) : title, ready: named && (results !== null || load.error !== null) });
  const [sheet, setSheet] = useState(false);
  if (nothing) return html`<${NothingCalled} q=${criteria.q} />`;
  const change = (/** @type {Criteria} */ next, /** @type {{replace?: boolean}} */ options = { replace: false }) => setAddress(pathOf(next), options);
  const patch = (/** @type {Partial<Criteria>} */ some) => change({ ...criteria, page: 1, ...some });
  const way = criteria.q || criteria.category === null ? [] : wayTo(criteria.category);
  const inStock = results?.facets && !criteria.inStock ? results.facets.in_stock : null;
  const filters = html`<${Filters} criteria=${criteria} choices=${choices} inStock=${inStock} onChange=${patch} />`;
  return html`<div class="wrap">
    ${way.length > 1 && html`<${Crumbs} items=${way.map((one) => ({ label: one.name, href: `/c/${one.id}` }))} />`}
    <div class="list-head"><div><h1>${breakable(title)}</h1><p role="status">${results && current ? t('catalogue.things', { n: results.total }) : '\u00a0'}</p></div>
      <div class="row"><${FilterButton} set=${filtersOf(criteria).length} onPress=${() => setSheet(true)} /><${Sort} criteria=${criteria} onChange=${patch} /></div></div>
    <div class="list"><form class="filters" aria-label=${t('list.filters')} onSubmit=${(/** @type {Event} */ event) => event.preventDefault()}>${filters}</form>
      <div><${Chips} criteria=${criteria} category=${category} onChange=${change} />
        <${Body} criteria=${criteria} category=${category} load=${load} results=${results} onChange=${change} waiting=${!current || load.loading} /></div></div>
    ${sheet && html`<${Sheet} total=${current ? results?.total ?? null : null} onClose=${() => setSheet(false)}>${filters}</${Sheet}>`}
  </div>`;
}

/** @param {{criteria: Criteria, category: Category | undefined, load: import('../lib/page.js').Load<Results>, results: Results | null, waiting: boolean, onChange: any}} props */
function Body({ criteria, category, load, results, waiting, onChange }) {
  if (load.error) return html`<${ErrorState} error=${load.error} retry=${load.reload} />`;
  if (results) return html`<${Found} criteria=${criteria} category=${category} results=${results} waiting=${waiting} onChange=${onChange} />`;
  return load.slow ? html`<${LoadingWord} /><${SkeletonGrid} three count=${6} />` : null;
}

/** @param {{set: number, onPress: () => void}} props */
function FilterButton({ set, onPress }) {
  return html`<${Button} kind="line" class="phone-only" onClick=${onPress} aria-haspopup="dialog"><${Icon} name="sliders-horizontal" />${set ? t('list.filterSet', { n: set }) : t('list.filter')}</${Button}>`;
}

/** @param {{criteria: Criteria, onChange: (patch: Partial<Criteria>) => void}} props */
function Sort({ criteria, onChange }) {
  const sorts = sortsFor(criteria.q);
  const options = sorts.map((value) => ({ value, label: t(/** @type {any} */ (`list.sort${SORT_KEYS[value]}`)) }));
  return html`<${Select} label=${t('list.sortBy')} quiet value=${criteria.sort || sorts[0]} options=${options} onChange=${(/** @type {string} */ sort) => onChange({ sort: sort === sorts[0] ? '' : sort })} />`;
}

/** @type {Record<string, string>} */
const SORT_KEYS = { relevance: 'Best', new: 'New', price: 'Cheap', '-price': 'Dear', hot: 'Hot' };

/** The filters on the phone; they act while it is open. @param {{total: number | null, onClose: () => void, children?: any}} props */
function Sheet({ total, onClose, children }) {
  return html`<${Dialog} title=${t('list.filters')} onClose=${onClose}>${children}
    <div class="acts"><${Button} block onClick=${onClose}>${total === null ? html`<${SkeletonLine} width="6rem" />` : t('list.showThings', { n: total })}</${Button}></div></${Dialog}>`;
}
