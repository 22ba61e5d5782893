import { html, useState } from '../../lib/html.js';
import { api } from '../../lib/api.js';
import { t } from '../../lib/i18n.js';
import { useLoad, usePage } from '../../lib/page.js';
import { Loaded } from '../../ui/loaded.js';
import { SkeletonRows } from '../../ui/skeleton.js';
import { useTopbar } from '../shell.js';
import { PromotionForm } from './promotion-form.js';
import { Remove } from './remove.js';
import { StateTag, usedText } from './words.js';

/** @typedef {import('../../types/api.js').Promotion} Promotion */
/** @typedef {import('../../types/api.js').Category} Category */
/** @typedef {import('../product-pick.js').Picked} Picked */
/** @typedef {{promotion: Promotion | null, shelves: Category[], goods: Picked[]}} Start `goods`: the products in scope, with their names */

/** So many products are asked for at a time: a scope may name a hundred. */
const AT_ONCE = 10;

/** A new promotion, or one that is changed. @param {import('../../lib/router.js').PageProps} props */
export default function PromotionEditorPage({ params }) {
  const load = useLoad((signal) => begin(params.id, signal), [params.id]), promotion = load.data?.promotion ?? null;
  const [round, again] = useState(0); // the form begins again when the shop has switched the promotion off
  const title = promotion ? promotion.name : params.id ? '' : t('adminPromotions.newTitle');
  usePage({ title: title || t('adminPromotions.title'), ready: !load.loading });
  useTopbar({ crumbs: [{ label: t('adminPromotions.title'), href: '/admin/promotions' }, { label: title }] }, [title]);
  return html`<${Loaded} of=${load} page skeleton=${html`<${SkeletonRows} count=${4} height="6rem" />`}>${(/** @type {Start} */ start) => html`
    <div class="work-head"><div><div class="row"><h1>${title}</h1>${promotion && html`<${StateTag} promotion=${promotion} />`}</div>
      ${promotion && html`<p class="sub">${t('adminPromotions.usedN', { used: usedText(promotion) })}</p>`}</div>
      ${promotion && html`<${Remove} promotion=${promotion} onChange=${(/** @type {Promotion} */ next) => { again(round + 1); load.set({ ...start, promotion: next }); }} />`}</div>
    <${PromotionForm} key=${promotion ? `${promotion.id} ${round}` : 'new'} start=${start} onChange=${(/** @type {Promotion} */ next, /** @type {Picked[]} */ goods) => load.set({ ...start, promotion: next, goods })} />`}</${Loaded}>`;
}

/** @param {string | undefined} id @param {AbortSignal} signal @returns {Promise<Start>} */
async function begin(id, signal) {
  const [promotion, { items }] = await Promise.all([id ? api.get('/admin/promotions/{id}', { params: { id }, signal }) : null, api.get('/categories', { signal })]);
  return { promotion, shelves: items, goods: await named(promotion?.product_ids ?? [], signal) };
}

/** One that cannot be read any more keeps its number as its name. @param {number[]} ids @param {AbortSignal} signal @returns {Promise<Picked[]>} */
async function named(ids, signal) {
  /** @type {Picked[]} */
  const found = [];
  for (let i = 0; i < ids.length; i += AT_ONCE) {
    found.push(...await Promise.all(ids.slice(i, i + AT_ONCE).map((id) => api.get('/product/{id}', { params: { id }, signal, own: true }).catch(() => ({ id, name: `#${id}` })))));
  }
  return found;
}
