import { html, useEffect } from '../lib/html.js';
import { api } from '../lib/api.js';
import { t } from '../lib/i18n.js';
import { money, priceNow } from '../lib/money.js';
import { useLoad, usePage } from '../lib/page.js';
import { rich } from '../lib/rich.js';
import { setQuery } from '../lib/router.js';
import { Crumbs } from '../ui/crumbs.js';
import { Loaded } from '../ui/loaded.js';
import { SkeletonLine } from '../ui/skeleton.js';
import { Goods } from './goods.js';
import { Buy } from './product/buy.js';
import { firstSku, skuName } from './product/choice.js';
import { Gallery } from './product/gallery.js';
import { PhoneTools } from './product/tools.js';
import { knownProduct } from './known.js';
import { forgetRecent, remember } from './recent.js';
import { categories, loadCategories, shelf, wayTo } from './shelves.js';

/** @typedef {import('../types/api.js').Product} Product */
/** @typedef {import('../types/api.js').Sku} Sku */

/** One product. @param {import('../lib/router.js').PageProps} props */
export default function ProductPage({ params, query }) {
  const load = useLoad((signal) => api.get('/product/{id}', { params: { id: params.id }, signal }), [params.id]);
  const product = load.error ? undefined : load.data ?? knownProduct(Number(params.id));
  const gone = load.error?.status === 404;
  usePage({ title: product?.name ?? (load.error ? t('common.goneTitle') : ''), ready: Boolean(product) || !load.loading });
  useEffect(() => { if (load.data) remember(load.data); }, [load.data]);
  useEffect(() => { if (gone) forgetRecent(Number(params.id)); }, [gone]);
  useEffect(() => {
    if (!product) return undefined;
    shelf.value = product.category_id;
    loadCategories().catch(() => {});
    return () => { shelf.value = null; };
  }, [product?.category_id]);
  if (product) return html`<${Shown} product=${product} asked=${query.sku} />`;
  return html`<${Loaded} of=${load} page skeleton=${html`<${Waiting} />`}>${() => null}</${Loaded}>`;
}

/** @param {{product: Product, asked: string | undefined}} props */
function Shown({ product, asked }) {
  const sku = firstSku(product.skus, asked);
  const way = wayTo(product.category_id, categories.value);
  const images = product.images ?? (product.cover ? [product.cover] : []);
  return html`<div class="wrap">
      <${Crumbs} items=${[...way.map((one) => ({ label: one.name, href: `/c/${one.id}` })), { label: product.name }]} />
      <div class="product"><${Gallery} images=${images} name=${product.name}><${PhoneTools} product=${product} /></${Gallery}>
        <${Buy} product=${product} sku=${sku} onPick=${(/** @type {Sku} */ one) => setQuery({ sku: one.id })} /></div>
    </div>
    <${About} product=${product} /><${Beside} product=${product} />`;
}

/** @param {{product: Product}} props */
function About({ product }) {
  return html`<section class="section wrap about" aria-labelledby="about"><div class="stack"><h2 id="about">${t('product.about')}</h2><p class="muted">${product.info}</p></div>
    <dl class="facts spec">${product.skus.length > 1 && product.skus.map((sku) => html`<div><dt>${rich('product.variantStock', {}, { name: skuName(sku), stock: sku.num ? t('catalogue.inStock', { n: sku.num }) : t('catalogue.soldOutLow') })}</dt><dd>${money(priceNow(sku))}</dd></div>`)}
      <div><dt>${t('product.lookedAt')}</dt><dd>${t('product.times', { n: product.view })}</dd></div></dl></section>`;
}

/** The most viewed of the same shelf. @param {{product: Product}} props */
function Beside({ product }) {
  const { data } = useLoad((signal) => api.get('/products', { query: { category_id: product.category_id, sort: 'hot', page_size: 5 }, signal }), [product.category_id]);
  const others = (data?.items ?? []).filter((one) => one.id !== product.id).slice(0, 4);
  if (!others.length) return null;
  return html`<section class="section wrap last" aria-labelledby="beside"><div class="section-head"><h2 id="beside">${t('product.beside')}</h2></div><${Goods} products=${others} /></section>`;
}

function Waiting() {
  return html`<div class="wrap waiting"><div class="product" aria-hidden="true"><div class="skeleton product-plate"></div>
    <div class="stack"><${SkeletonLine} width="80%" /><${SkeletonLine} width="60%" /><${SkeletonLine} width="30%" /></div></div></div>`;
}
