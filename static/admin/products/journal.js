import { html, useState } from '../../lib/html.js';
import { api } from '../../lib/api.js';
import { number, t, tMaybe } from '../../lib/i18n.js';
import { useAction, useLoad } from '../../lib/page.js';
import { shortId } from '../../lib/short-id.js';
import { dayMonth, timeOfDay } from '../../lib/time.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { problemText } from '../../ui/error.js';
import { FieldError, Select } from '../../ui/field.js';
import { Loaded } from '../../ui/loaded.js';
import { SkeletonRows } from '../../ui/skeleton.js';

/** @typedef {{id: number, delta: number, reason: string, reference?: string | null, actor_id?: number | null, created_at: string}} Movement */
/** @typedef {{id: number, name: string}} Named a SKU */
/** @typedef {Movement & {variant: string}} Entry */

const SHOWN = 6;
/** Journals are read SKU by SKU; of a product with more of them, the first ones tell enough beside the editor. */
const READ = 8;
const ORDER_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-/;

/** The latest movements of all variants. @param {{skus: Named[], turn: number}} props `turn` changes when stock was moved */
export function Journal({ skus, turn }) {
  const [all, setAll] = useState(false);
  const load = useLoad(async (signal) => {
    const lists = await Promise.all(skus.slice(0, READ).map(async ({ id, name }) => (await api.get('/admin/sku/{id}/journal', { params: { id }, query: { page_size: SHOWN }, signal })).items
      .map((entry) => ({ ...entry, variant: skus.length > 1 ? name : '' }))));
    return lists.flat().sort((a, b) => b.created_at.localeCompare(a.created_at) || b.id - a.id).slice(0, SHOWN);
  }, [skus.map((sku) => sku.id).join(), turn], { keep: true });
  return html`<section class="panel" aria-labelledby="journal"><header><h2 id="journal">${t('adminProducts.journal')}</h2>${skus.length > 0 && html`<button class="link tiny" type="button" onClick=${() => setAll(true)}>${t('adminProducts.journalAll')}</button>`}</header>
    <div class="in">${skus.length ? html`<${Loaded} of=${load} skeleton=${html`<${SkeletonRows} count=${3} height="1.5rem" />`}>${(/** @type {Entry[]} */ entries) => html`<${Feed} entries=${entries} />`}</${Loaded}>`
      : html`<p class="tiny muted">${t('adminProducts.journalAfter')}</p>`}</div></section>
    ${all && html`<${WholeJournal} skus=${skus} onClose=${() => setAll(false)} />`}`;
}

/** @param {{entries: Entry[]}} props */
function Feed({ entries }) {
  if (!entries.length) return html`<p class="tiny muted">${t('adminProducts.journalEmpty')}</p>`;
  return html`<ul class="feed tiny">${entries.map((entry) => html`<li key=${entry.id}><time datetime=${entry.created_at}>${dayMonth(entry.created_at)} ${timeOfDay(entry.created_at)}</time>
    <span><b class="num">${entry.delta > 0 ? '+' : '−'}${number(Math.abs(entry.delta))}</b> ${entry.variant && `${entry.variant}, `}${cause(entry)}</span></li>`)}</ul>`;
}

/** Why it moved: a word of the shop, or what an admin wrote. @param {Movement} entry */
function cause({ reason, reference, actor_id: actor, delta }) {
  const known = reason === 'sale' ? t(delta < 0 ? 'adminProducts.toSaleMove' : 'adminProducts.fromSaleMove') : tMaybe(`adminProducts.reason_${reason}`);
  const word = known ?? (actor ? `“${reason}”` : reason);
  if (!reference) return word;
  if (ORDER_ID.test(reference)) return html`${word} <a class="plain-link" href=${`/admin/orders/${reference}`}><code>${shortId(reference)}</code></a>`;
  return reference.startsWith('sale:') ? html`<a class="link" href=${`/admin/sales/${reference.replace(/\D/g, '')}`}>${word}</a>` : word;
}

/** Every movement of one variant. @param {{skus: Named[], onClose: () => void}} props */
function WholeJournal({ skus, onClose }) {
  const [id, setId] = useState(skus[0].id);
  const read = (/** @type {string | null} */ cursor, /** @type {AbortSignal} */ signal) => api.get('/admin/sku/{id}/journal', { params: { id }, query: { page_size: 50, cursor }, signal });
  const load = useLoad((signal) => read(null, signal), [id]);
  const more = useAction(async () => {
    const seen = /** @type {{items: Movement[], next_cursor?: string | null}} */ (load.data);
    const next = await read(seen.next_cursor ?? null, new AbortController().signal);
    load.set({ ...next, items: [...seen.items, ...next.items] });
  });
  return html`<${Dialog} kind="wide" title=${t('adminProducts.journal')} onClose=${onClose}>
    ${skus.length > 1 && html`<${Select} label=${t('adminProducts.variant')} value=${String(id)} onChange=${(/** @type {string} */ value) => setId(Number(value))} options=${skus.map((sku) => ({ value: String(sku.id), label: sku.name }))} />`}
    <${Loaded} of=${load} skeleton=${html`<${SkeletonRows} count=${6} height="1.5rem" />`}>${(/** @type {{items: Movement[], next_cursor?: string | null}} */ page) => html`<${Feed} entries=${page.items.map((entry) => ({ ...entry, variant: '' }))} />
      ${page.next_cursor && html`<div><${Button} kind="line" busy=${more.busy} onClick=${() => void more.run()}>${t('common.more')}</${Button}></div>`}`}</${Loaded}>
    ${more.error && html`<${FieldError} text=${problemText(more.error)} />`}</${Dialog}>`;
}
