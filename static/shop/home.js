import { html } from '../lib/html.js';
import { api } from '../lib/api.js';
import { t } from '../lib/i18n.js';
import { useLoad, usePage } from '../lib/page.js';
import { breakable, rich } from '../lib/rich.js';
import { shop } from '../lib/shop.js';
import { Picture, Plate } from '../ui/plate.js';
import { ErrorState } from '../ui/error.js';
import { LoadingWord, SkeletonGrid } from '../ui/skeleton.js';
import { Goods } from './goods.js';
import { Carousel } from './home/carousel.js';
import { Strip } from './home/strip.js';
import { recentProducts } from './recent.js';
import { loadCategories } from './shelves.js';
import { loadSales } from './sales-store.js';

/** @typedef {import('../types/api.js').Product} Product */
/** @typedef {import('../types/api.js').Category} Category */
/** @typedef {{category: Category, total: number, top: Product | null}} ShelfTop the most viewed product of a category */

/** Tiles in a row. */
const TILES = 6;
const TILE_SIZES = '(width < 72rem) 30vw, 12rem';

/** @param {AbortSignal} signal */
async function loadHome(signal) {
  const shelves = loadCategories().then((all) => Promise.all(tilesOf(all).map((category) => hottest(category, signal))));
  const [slides, popular, tops] = await Promise.all([api.get('/carousels', { signal }),
    api.get('/products', { query: { sort: 'hot', page_size: 8 }, signal }), shelves, loadSales()]);
  return { slides: slides.items, popular: popular.items, tops: withOwnPictures(tops) };
}

/** Roots first; where there are fewer than tiles, those below them too, each in its place. @param {Category[]} all */
function tilesOf(all) {
  const chosen = new Set([...all.filter(isRoot), ...all.filter((one) => !isRoot(one))].slice(0, TILES));
  return all.filter((one) => chosen.has(one));
}

/** @param {Category} category */
const isRoot = (category) => category.parent_id == null;

/** The favourite of a root came with the page; a shelf below one may need another. @param {Category} category @param {AbortSignal} signal */
async function hottest(category, signal) {
  const { items, total } = await api.get('/products', { query: { category_id: category.id, sort: 'hot', page_size: isRoot(category) ? 1 : 3 }, signal });
  return { category, total: total ?? items.length, items };
}

/** A shelf and the one below it may share their favourite: each tile shows another. @param {{category: Category, total: number, items: Product[]}[]} shelves @returns {ShelfTop[]} */
function withOwnPictures(shelves) {
  /** @type {Set<number>} */
  const shown = new Set();
  return shelves.map(({ category, total, items }) => {
    const top = items.find((one) => one.cover && !shown.has(one.id)) ?? items[0] ?? null;
    if (top) shown.add(top.id);
    return { category, total, top };
  });
}

/** The start. @type {import('../lib/router.js').Page} */
export default function Home() {
  const load = useLoad(loadHome, []);
  const { data } = load;
  usePage({ title: t('catalogue.homeTitle'), ready: !load.loading });
  if (load.error) return html`<div class="wrap waiting"><${ErrorState} error=${load.error} retry=${load.reload} page /></div>`;
  if (!data) return load.slow ? html`<div class="wrap waiting"><${LoadingWord} /><${SkeletonGrid} /></div>` : null;
  const known = new Map([...data.tops.flatMap(({ top }) => (top ? [top] : [])), ...data.popular].map((one) => [one.id, one]));
  return html`
    ${data.slides.length ? html`<${Carousel} slides=${data.slides} known=${known} />` : html`<h1 class="unseen">${shop.name}</h1>`}
    <${Strip} />
    <${Shelves} tops=${data.tops} />
    <${Popular} products=${data.popular} />
    <${Recent} />
    <${Story} tops=${data.tops} />
    <${Creed} />`;
}

/** @param {{tops: ShelfTop[]}} props */
function Shelves({ tops }) {
  return html`<section class="section wrap" aria-labelledby="cats"><h2 class="unseen" id="cats">${t('catalogue.categories')}</h2>
    <ul class="cats">${tops.map(({ category, total, top }) => html`<li><a href=${`/c/${category.id}`}>
      <${Plate} image=${top?.cover ?? category.image} sizes=${TILE_SIZES} />
      <span>${breakable(category.name)}<small>${t('catalogue.things', { n: total })}</small></span></a></li>`)}</ul></section>`;
}

/** @param {{products: Product[]}} props */
function Popular({ products }) {
  if (!products.length) return null;
  return html`<section class="section wrap" aria-labelledby="popular"><div class="section-head"><h2 id="popular">${t('catalogue.popular')}</h2><a class="link" href="/c?sort=hot">${t('common.seeAll')}</a></div>
    <${Goods} products=${products} /></section>`;
}

/** Pictures and names; what they cost now is told where they are. */
function Recent() {
  const products = recentProducts().slice(0, TILES);
  if (products.length < 2) return null;
  return html`<section class="section wrap" aria-labelledby="recent"><div class="section-head"><h2 id="recent">${t('catalogue.recent')}</h2></div>
    <ul class="cats">${products.map((one) => html`<li key=${one.id}><a href=${`/p/${one.id}`}><${Plate} image=${one.cover} sizes=${TILE_SIZES} /><span>${breakable(one.name)}</span></a></li>`)}</ul></section>`;
}

/** One product with room around it: the most viewed of the second fullest shelf. @param {{tops: ShelfTop[]}} props */
function Story({ tops }) {
  const told = tops.filter(({ top }) => top?.cover).sort((a, b) => b.total - a.total)[1];
  if (!told?.top) return null;
  const { category, total, top } = told;
  return html`<section class="section wrap" aria-labelledby="story"><div class="story">
    <${Picture} image=${top.cover} sizes="(width < 60rem) 92vw, 45rem" />
    <div class="story-text"><p class="eyebrow">${category.name}</p><h2 id="story">${breakable(top.title)}</h2><p class="lead">${firstSentence(top.info)}</p>
      <a class="btn line" href=${`/c/${category.id}`}>${t('catalogue.storyMore', { n: total, category: category.name })}</a></div>
  </div></section>`;
}

/** @param {string} text */
function firstSentence(text) {
  return /^.*?(?:[。！？]|[.!?](?=\s|$))/s.exec(text)?.[0] ?? text;
}

function Creed() {
  return html`<section class="creed wrap"><p>${rich('catalogue.creed')}</p>
    <div><p class="muted">${t('catalogue.creedText')}</p><a class="link" href="/docs">${t('common.apiDocs')}</a></div></section>`;
}
