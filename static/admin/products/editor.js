import { html, useEffect, useState } from '../../lib/html.js';
import { api } from '../../lib/api.js';
import { t } from '../../lib/i18n.js';
import { useAction, useLoad, usePage } from '../../lib/page.js';
import { navigate } from '../../lib/router.js';
import { shop } from '../../lib/shop.js';
import { toast } from '../../lib/toast.js';
import { Button } from '../../ui/button.js';
import { Icon } from '../../ui/icon.js';
import { Loaded } from '../../ui/loaded.js';
import { SkeletonRows } from '../../ui/skeleton.js';
import { Tag } from '../../ui/tag.js';
import { useTopbar } from '../shell.js';
import { useUnsaved } from '../unsaved.js';
import { changesOf, draftOf, emptyDraft } from './draft.js';
import { faultsFrom, faultsOf } from './faults.js';
import { faultWords } from './fault-words.js';
import { Journal } from './journal.js';
import { SaveProblem } from './outcome.js';
import { Pictures } from './pictures.js';
import { creationForm } from './requests.js';
import { createProduct, readProduct, saveChanges } from './save.js';
import { SaveBar } from './save-bar.js';
import { Placing, Preview } from './side.js';
import { AdjustDialog } from './stock.js';
import { Variants, variantName } from './variants.js';
import { WordsPanel } from './words.js';

/** @typedef {import('../../types/api.js').Product} Product */
/** @typedef {import('./draft.js').Draft} Draft */
/** @typedef {import('./draft.js').Variant} Variant */

/** The shop's own language comes first. */
const LANGUAGES = [...new Set([shop.language, 'en', 'zh', 'ja'])];

/** @param {import('../../lib/router.js').PageProps} props */
export default function Page({ params }) {
  const id = params.id === undefined ? null : Number(params.id);
  const load = useLoad(id === null ? null : (signal) => readProduct(id, shop.language, signal), [id]);
  const shelves = useLoad((signal) => api.get('/categories', { signal }), []);
  const sales = useLoad(id === null ? null : (signal) => api.get('/seckill', { signal }), [id]);
  const failed = load.error !== null;
  usePage({ title: failed ? '' : id === null ? t('adminProducts.newTitle') : load.data?.name ?? '', ready: (id === null || !load.loading) && !shelves.loading });
  const sale = sales.data?.items.find((one) => one.product.id === id && one.state !== 'ended' && one.state !== 'cancelled') ?? null;
  const rest = { shelves: shelves.data?.items ?? [], sale };
  if (id === null) return html`<${Editor} key="new" product=${null} ...${rest} />`;
  return html`<${Loaded} of=${load} page skeleton=${html`<${SkeletonRows} count=${3} height="12rem" />`}>${(/** @type {Product} */ product) => html`<${Editor} key=${product.id} product=${product} ...${rest} />`}</${Loaded}>`;
}

/** @param {{product: Product | null, shelves: import('../../types/api.js').Category[], sale: import('../../types/api.js').Sale | null}} props */
function Editor({ product: given, shelves, sale }) {
  const [product, setProduct] = useState(given), [draft, setDraft] = useState(() => (given ? draftOf(given, LANGUAGES) : emptyDraft(LANGUAGES)));
  const [tried, setTried] = useState(false), [refused, setRefused] = useState(/** @type {import('./faults.js').Faults} */ ({}));
  const [outcome, setOutcome] = useState(/** @type {{error: import('../../lib/problem.js').Problem, done: import('./save.js').Done | null} | null} */ (null));
  const [uploading, setUploading] = useState(/** @type {string | null} */ (null)), [adjusting, setAdjusting] = useState(/** @type {Variant | null} */ (null)), [turn, setTurn] = useState(0);
  const before = product ? draftOf(product, LANGUAGES) : emptyDraft(LANGUAGES), fresh = product === null;
  const changes = changesOf(draft, before), found = faultsOf(draft, LANGUAGES[0]);
  // Before the first try only what has been touched is called wrong.
  const shown = { ...(tried ? found : Object.fromEntries(Object.entries(found).filter(([field]) => changes.some((change) => change.startsWith(field)) && !/\.num$|^option/.test(field)))), ...refused };
  const change = (/** @type {Draft} */ next) => { setDraft(next); setRefused({}); };

  const save = useAction(async () => {
    setOutcome(null);
    if (fresh) await create();
    else await update();
  });
  const create = async () => {
    try {
      const made = await createProduct(creationForm(draft, LANGUAGES[0]));
      toast(t('adminProducts.created', { name: draft.words[LANGUAGES[0]].name.trim() }));
      await navigate(`/admin/products/${made.id}`, { replace: true });
    } catch (thrown) { refuse(/** @type {any} */ (thrown), null, draft.variants.map((variant) => variant.key)); }
  };
  const update = async () => {
    const result = await saveChanges({ product: /** @type {Product} */ (product), draft, changes, languages: LANGUAGES, onUpload: setUploading });
    setProduct(result.product);
    setDraft(result.draft);
    setTurn((n) => n + 1);
    if (result.done.twice) toast(t('adminProducts.pictureTwice'));
    if (result.error) return refuse(result.error, result.done, result.sent);
    setTried(false);
    if (!result.done.twice) toast(t('adminProducts.saved'));
    return undefined;
  };
  const refuse = (/** @type {import('../../lib/problem.js').Problem} */ error, /** @type {import('./save.js').Done | null} */ done, /** @type {string[]} */ sent) => {
    setRefused(faultsFrom(error, sent, LANGUAGES[0]));
    setOutcome({ error, done });
  };
  const press = () => {
    setTried(true);
    if (Object.keys(found).length) return focusFault();
    return void save.run();
  };
  useShortcut(press, Boolean(changes.length) && !save.busy);
  const discard = () => {
    const old = draft;
    change(before);
    setTried(false);
    setOutcome(null);
    toast(t('adminProducts.discarded'), { label: t('common.undo'), run: () => setDraft(old) });
  };
  const moved = (/** @type {Variant} */ variant, /** @type {number} */ stock) => {
    setAdjusting(null);
    setTurn((n) => n + 1);
    setProduct((old) => old && { ...old, skus: old.skus.map((sku) => (sku.id === variant.id ? { ...sku, num: stock } : sku)) });
    setDraft((old) => ({ ...old, variants: old.variants.map((one) => (one.id === variant.id ? { ...one, stock } : one)) }));
  };

  const name = draft.words[LANGUAGES[0]].name.trim(), title = fresh ? t('adminProducts.newTitle') : name || t('adminProducts.unnamed');
  useTopbar({ crumbs: [{ label: t('adminProducts.title'), href: '/admin/products' }, { label: title }] }, [title]);
  const leaving = useUnsaved(changes.length > 0, { title: t('adminProducts.leave'), text: t('adminProducts.leaveText', { n: changes.length }), stay: t('adminProducts.stay'), leave: t('adminProducts.leaveAct') });
  const waiting = draft.shots.filter((shot) => shot.file), at = waiting.findIndex((shot) => shot.key === uploading);
  const faultCount = Object.keys({ ...(changes.length ? found : {}), ...refused }).length;
  return html`<div class="work-head"><div class="row editor-title"><h1 tabindex="-1">${title}</h1>${product && (product.on_sale ? html`<${Tag} kind="good">${t('adminProducts.shownTag')}</${Tag}>` : html`<${Tag}>${t('adminProducts.hiddenTag')}</${Tag}>`)}</div>
      ${product?.on_sale && html`<${Button} kind="line" href=${`/p/${product.id}`}><${Icon} name="external-link" />${t('adminProducts.see')}</${Button}>`}</div>
    ${outcome && html`<${SaveProblem} ...${outcome} sale=${sale} fresh=${fresh} />`}
    <div class="split"><div class="col">
        <${Pictures} shots=${draft.shots} uploading=${uploading} fault=${faultWords(refused.file)} onChange=${(/** @type {Draft['shots']} */ shots) => setDraft((old) => ({ ...old, shots }))} />
        <${WordsPanel} words=${draft.words} languages=${LANGUAGES} faults=${shown} onChange=${(/** @type {string} */ language, /** @type {import('./draft.js').Words} */ words) => change({ ...draft, words: { ...draft.words, [language]: words } })} />
        <${Variants} draft=${draft} faults=${shown} lowest=${lowestOf(product)} onChange=${change} onAdjust=${setAdjusting} /></div>
      <div class="col"><${Placing} draft=${draft} faults=${shown} shelves=${shelves} sale=${sale} onChange=${change} /><${Preview} draft=${draft} inSale=${sale?.state === 'live'} />
        <${Journal} skus=${draft.variants.flatMap((variant) => (variant.id === null ? [] : [{ id: variant.id, name: variantName(before, before.variants.find((one) => one.id === variant.id) ?? variant) }]))} turn=${turn} /></div></div>
    <${SaveBar} changes=${changes.length} faults=${faultCount} fresh=${fresh} busy=${save.busy} progress=${at >= 0 ? t('adminProducts.uploading', { n: at + 1, total: waiting.length }) : null} onSave=${press} onDiscard=${discard} />
    ${adjusting && html`<${AdjustDialog} sku=${adjusting.id} name=${variantName(draft, adjusting)} stock=${adjusting.stock} onClose=${() => setAdjusting(null)} onMoved=${(/** @type {number} */ stock) => moved(adjusting, stock)} />`}${leaving}`;
}

/** What each variant was sold for at least, where the shop tells it. @param {Product | null} product @returns {Record<string, number>} */
const lowestOf = (product) => Object.fromEntries((product?.skus ?? []).flatMap((sku) => {
  const { lowest_30_days: lowest } = sku;
  return lowest == null ? [] : [[String(sku.id), lowest]];
}));

/** Once the faults are drawn, the first of them has the focus. */
function focusFault() {
  requestAnimationFrame(() => requestAnimationFrame(() => {
    const field = document.querySelector('main [aria-invalid="true"]');
    if (field instanceof HTMLElement) field.focus();
  }));
}

/** Ctrl+S and ⌘S save. @param {() => void} save @param {boolean} on */
function useShortcut(save, on) {
  useEffect(() => {
    const press = (/** @type {KeyboardEvent} */ event) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 's') return;
      event.preventDefault();
      if (on) save();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  });
}
