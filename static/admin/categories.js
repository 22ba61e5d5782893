import { classes, html, useEffect, useRef, useState } from '../lib/html.js';
import { api } from '../lib/api.js';
import { t } from '../lib/i18n.js';
import { useAction, useLoad, usePage } from '../lib/page.js';
import { shop } from '../lib/shop.js';
import { toast } from '../lib/toast.js';
import { Button } from '../ui/button.js';
import { Empty } from '../ui/empty.js';
import { Icon } from '../ui/icon.js';
import { Loaded } from '../ui/loaded.js';
import { ProblemNotice } from '../ui/notice.js';
import { Picture } from '../ui/plate.js';
import { SkeletonRows } from '../ui/skeleton.js';
import { useTreeDrag } from './categories/drag.js';
import { CategoryDialog } from './categories/edit.js';
import { RemoveDialog } from './categories/remove.js';
import { flat, isBelow, parentByKey } from './categories/tree.js';
import { useTopbar } from './shell.js';

/** @typedef {import('../types/api.js').Category} Category */
/** @typedef {{kind: 'new', parent: number | null} | {kind: 'edit' | 'remove', category: Category}} Open */

export default function Page() {
  const load = useLoad(async (signal) => (await api.get('/categories', { query: { lang: shop.language }, own: true, signal })).items, [], { keep: true });
  const [open, setOpen] = useState(/** @type {Open | null} */ (null));
  usePage({ title: t('adminShelves.categories'), ready: !load.loading });
  useTopbar({ crumbs: [{ label: t('adminShelves.categories') }] }, []);
  const all = load.data ?? [], done = () => { setOpen(null); load.reload(); };
  return html`<div class="work-head"><h1 tabindex="-1">${t('adminShelves.categories')}</h1><${Button} onClick=${() => setOpen({ kind: 'new', parent: null })}><${Icon} name="plus" />${t('adminShelves.newCategory')}</${Button}></div>
    <${Loaded} of=${load} skeleton=${html`<${SkeletonRows} count=${6} height="3rem" />`}>${() => (all.length ? html`<${Tree} all=${all} onOpen=${setOpen} onMoved=${load.set} />`
      : html`<${Empty} title=${t('adminShelves.noneTitle')} text=${t('adminShelves.noneText')} />`)}</${Loaded}>
    ${open?.kind === 'new' && html`<${CategoryDialog} category=${null} parent=${open.parent} all=${all} onClose=${() => setOpen(null)} onSaved=${done} />`}
    ${open?.kind === 'edit' && html`<${CategoryDialog} category=${open.category} parent=${null} all=${all} onClose=${() => setOpen(null)} onSaved=${done} />`}
    ${open?.kind === 'remove' && html`<${RemoveDialog} category=${open.category} all=${all} onClose=${() => setOpen(null)} onRemoved=${done} />`}`;
}

/** @param {{all: Category[], onOpen: (open: Open) => void, onMoved: (all: Category[]) => void}} props */
function Tree({ all, onOpen, onMoved }) {
  const counts = useCounts(all), focus = useRef(/** @type {number | null} */ (null)), root = useRef(/** @type {HTMLElement | null} */ (null));
  const named = (/** @type {number | null} */ id) => all.find((one) => one.id === id)?.name ?? '';
  // The new place shows at once and is taken back when the shop refuses it.
  const move = useAction(async (/** @type {number} */ id, /** @type {number | null} */ parent, /** @type {boolean} */ undoing) => {
    const before = all.find((one) => one.id === id)?.parent_id ?? null;
    onMoved(all.map((one) => (one.id === id ? { ...one, parent_id: parent } : one)));
    try { await api.put('/categories/{id}', { parent_id: parent }, { params: { id } }); } catch (error) { onMoved(all); throw error; }
    const said = parent === null ? t('adminShelves.movedTop', { name: named(id) }) : t('adminShelves.movedBelow', { name: named(id), parent: named(parent) });
    toast(said, undoing ? undefined : { label: t('common.undo'), run: () => void move.run(id, before, true) });
  });
  const mayDrop = (/** @type {number} */ id, /** @type {number | null} */ onto) => !isBelow(all, onto, id) && (all.find((one) => one.id === id)?.parent_id ?? null) !== onto;
  const drag = useTreeDrag({ mayDrop, onDrop: (id, onto) => void move.run(id, onto, false) });
  useEffect(() => {
    if (focus.current === null) return;
    /** @type {HTMLElement | null | undefined} */ (root.current?.querySelector(`[data-grip="${focus.current}"]`))?.focus();
  }, [all]);
  const key = (/** @type {any} */ branch) => (/** @type {KeyboardEvent} */ event) => {
    const parent = parentByKey(all, branch, event.key);
    if (parent === undefined) return;
    event.preventDefault();
    focus.current = branch.category.id;
    void move.run(branch.category.id, parent, false);
  };
  return html`<${ProblemNotice} error=${move.error} /><section class="panel" aria-label=${t('adminShelves.categories')}><p class="toolbar muted tiny">${t('adminShelves.treeHint')}<span class="count">${t('adminShelves.count', { n: all.length })}</span></p>
    <ul class="tree" ref=${root} onBlur=${() => { focus.current = null; }}>${flat(all).map((branch) => { const { category, depth } = branch, { id, name } = category; return html`<li key=${id} data-shelf=${id} style=${{ '--depth': depth }}
        class=${classes(drag.dragged === id && 'lifted', drag.over === id && 'onto')}>
      <button class="icon-btn grip" type="button" data-grip=${id} aria-label=${t('adminShelves.grip', { name })} onPointerDown=${(/** @type {any} */ event) => drag.lift(event, id)} onKeyDown=${key(branch)}><${Icon} name="grip-vertical" /></button>
      ${category.image ? html`<${Picture} class="thumb" image=${category.image} sizes="2.25rem" />` : html`<span class="thumb none"></span>`}
      <b class="tree-name">${name}</b>${counts[id] !== undefined && html`<a class="muted tiny plain-link tree-count" href=${`/admin/products?shelf=${id}`}>${t('adminShelves.products', { n: counts[id] })}</a>`}
      <span class="tree-acts"><button class="link tiny wide-only" type="button" aria-label=${t('adminShelves.addBelow', { name })} onClick=${() => onOpen({ kind: 'new', parent: id })}>${t('adminShelves.add')}</button>
        <button class="link tiny" type="button" aria-label=${t('adminShelves.editOf', { name })} onClick=${() => onOpen({ kind: 'edit', category })}>${t('adminShelves.edit')}</button>
        <button class="icon-btn" type="button" aria-label=${t('adminShelves.removeOf', { name })} onClick=${() => onOpen({ kind: 'remove', category })}><${Icon} name="trash-2" /></button></span></li>`; })}
      ${drag.dragged !== null && html`<li class=${classes('tree-top', drag.over === null && 'onto')} data-shelf="">${t('adminShelves.dropTop')}</li>`}</ul></section>`;
}

/** Products on each category and below it, also hidden ones; they come when they come. @param {Category[]} all @returns {Record<number, number>} */
function useCounts(all) {
  const load = useLoad(async (signal) => {
    const pairs = await Promise.all(all.map(async ({ id }) => /** @type {[number, number]} */ ([id, (await api.get('/admin/products', { query: { category_id: id, page_size: 1 }, signal })).total ?? 0])));
    return Object.fromEntries(pairs);
  }, [all.map((one) => `${one.id}/${one.parent_id}`).join()], { keep: true });
  return load.data ?? {};
}
