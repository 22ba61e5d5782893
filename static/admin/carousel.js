import { html, useState } from '../lib/html.js';
import { api } from '../lib/api.js';
import { t } from '../lib/i18n.js';
import { useAction, useLoad, usePage } from '../lib/page.js';
import { shop } from '../lib/shop.js';
import { toast } from '../lib/toast.js';
import { Button } from '../ui/button.js';
import { Confirm } from '../ui/dialog.js';
import { Empty } from '../ui/empty.js';
import { problemText } from '../ui/error.js';
import { Icon } from '../ui/icon.js';
import { Loaded } from '../ui/loaded.js';
import { SkeletonRows } from '../ui/skeleton.js';
import { SlideDialog } from './carousel/edit.js';
import { SlideView } from './carousel/slide-view.js';
import { useTopbar } from './shell.js';

/** @typedef {import('../types/api.js').Carousel} Slide */
/** @typedef {import('../types/api.js').Product} Product */
/** @typedef {{kind: 'new'} | {kind: 'edit' | 'remove', slide: Slide}} Open */

export default function Page() {
  const load = useLoad(async (signal) => (await api.get('/carousels', { query: { lang: shop.language }, own: true, signal })).items, [], { keep: true });
  const slides = load.data ?? [], products = useProducts(slides);
  const [open, setOpen] = useState(/** @type {Open | null} */ (null)), done = () => { setOpen(null); load.reload(); };
  usePage({ title: t('adminShelves.carousel'), ready: !load.loading });
  useTopbar({ crumbs: [{ label: t('adminShelves.carousel') }] }, []);
  const productOf = (/** @type {Slide} */ slide) => (slide.product_id == null ? null : products[slide.product_id] ?? { id: slide.product_id, name: `#${slide.product_id}` });
  return html`<div class="work-head"><div><h1 tabindex="-1">${t('adminShelves.carousel')}</h1><p class="sub">${t('adminShelves.slidesHint')}</p></div><${Button} onClick=${() => setOpen({ kind: 'new' })}><${Icon} name="plus" />${t('adminShelves.newSlide')}</${Button}></div>
    <${Loaded} of=${load} skeleton=${html`<${SkeletonRows} count=${3} height="14rem" />`}>${() => (slides.length ? html`<ol class="col">${slides.map((slide, i) => html`<${Row} key=${slide.id} slide=${slide} n=${i + 1} total=${slides.length} product=${slide.product_id == null ? null : products[slide.product_id] ?? null}
        onEdit=${() => setOpen({ kind: 'edit', slide })} onRemove=${() => setOpen({ kind: 'remove', slide })} />`)}</ol><p class="tiny muted">${t('adminShelves.roomHint')}</p>`
      : html`<${Empty} title=${t('adminShelves.noSlides')} text=${t('adminShelves.noSlidesText')} />`)}</${Loaded}>
    ${open?.kind === 'new' && html`<${SlideDialog} slide=${null} product=${null} onClose=${() => setOpen(null)} onSaved=${done} />`}
    ${open?.kind === 'edit' && html`<${SlideDialog} slide=${open.slide} product=${productOf(open.slide)} onClose=${() => setOpen(null)} onSaved=${done} />`}
    ${open?.kind === 'remove' && html`<${RemoveSlide} slide=${open.slide} onClose=${() => setOpen(null)} onRemoved=${done} />`}`;
}

/** @param {{slide: Slide, n: number, total: number, product: Product | null, onEdit: () => void, onRemove: () => void}} props */
function Row({ slide, n, total, product, onEdit, onRemove }) {
  const view = { url: slide.image.variants.large, title: slide.title, line: product ? t('catalogue.slideLead', { name: product.name, title: product.title }) : '', linked: slide.product_id != null };
  return html`<li class="panel"><header><h2>${t('adminShelves.slideN', { n, total })}</h2><span class="row slide-acts"><button class="link tiny" type="button" aria-label=${t('adminShelves.editSlide', { n })} onClick=${onEdit}>${t('adminShelves.edit')}</button>
      <button class="icon-btn" type="button" aria-label=${t('adminShelves.removeSlideOf', { n })} onClick=${onRemove}><${Icon} name="trash-2" /></button></span></header>
    <div class="in slide-row"><${SlideView} ...${view} /><${SlideView} ...${view} phone />
      <p class="slide-leads tiny"><span class="muted">${t('adminShelves.leads')}</span> ${product ? html`<a class="link" href=${`/admin/products/${product.id}`}>${product.name}</a>` : slide.product_id != null ? `#${slide.product_id}` : t('adminShelves.nowhere')}</p></div></li>`;
}

/** @param {{slide: Slide, onClose: () => void, onRemoved: () => void}} props */
function RemoveSlide({ slide, onClose, onRemoved }) {
  const remove = useAction(async () => { await api.delete('/carousels/{id}', { params: { id: slide.id } }); toast(t('adminShelves.slideRemoved')); onRemoved(); });
  return html`<${Confirm} title=${t('adminShelves.removeSlide', { title: slide.title })} text=${t('adminShelves.removeSlideText')} safe=${t('adminShelves.keep')} act=${t('adminShelves.remove')} danger busy=${remove.busy}
    error=${remove.error && problemText(remove.error)} onAct=${() => void remove.run()} onClose=${onClose} />`;
}

/** The products that slides lead to. @param {Slide[]} slides @returns {Record<number, Product>} */
function useProducts(slides) {
  const ids = [...new Set(slides.flatMap((slide) => (slide.product_id == null ? [] : [slide.product_id])))];
  const load = useLoad(async (signal) => {
    const found = await Promise.all(ids.map((id) => api.get('/product/{id}', { params: { id }, own: true, signal }).catch(() => null)));
    return Object.fromEntries(found.filter((one) => one !== null).map((one) => [one.id, one]));
  }, [ids.join()], { keep: true });
  return load.data ?? {};
}
