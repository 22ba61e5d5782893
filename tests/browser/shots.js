/**
 * Pictures of the pages, for people to look at.
 *
 *   scripts/test-browser --shots FOLDER                 every page in both widths and themes
 *                                                       and three languages
 *   SHOTS=readme scripts/test-browser --shots docs/pictures   the four of the README
 *   SHOTS=sheet scripts/test-browser --shots docs/pictures    all pages on one picture
 *
 * The pages are real: a private shop with its demo data, an order, a sale that runs, and
 * customers who claim while the live board watches.
 */
import { join } from 'node:path';
import { adminToken, call, customer, delivery, origin, PASSWORD, sale } from './api.js';
import { launch } from './chromium.js';

const folder = process.argv[2] ?? 'shots';
const LOCALES = { en: 'en-US', zh: 'zh-CN', ja: 'ja-JP' };
const browser = await launch();

const { items: goods } = await call('GET', '/products?sort=hot&page_size=8');
const { items: cameras } = await call('GET', '/products?q=camera&in_stock=true');

/** A sale of a product at half its price. */
function halfPrice(product, options) {
  const [sku] = product.skus.toSorted((a, b) => b.num - a.num);
  return sale({ ...options, sku, title: 'Half price, while they last', price: Math.round(sku.price / 200) * 100 });
}

const coming = await halfPrice(goods[0], { units: 10, startsIn: 3 * 3_600_000 });
const walker = await customer();
const [address] = (await call('GET', '/address', { token: walker.token })).items;
const items = goods.slice(1, 4).map((one) => ({ sku_id: one.skus[0].id, num: 1 }));
const order = await call('POST', '/order', { token: walker.token, key: 'shots', body: { address_id: address.id, items, delivery_method_id: await delivery() } });
for (const one of items) await call('PUT', `/cart/${one.sku_id}`, { token: walker.token, body: { num: 1 } });

const USER = { user_name: walker.name, password: PASSWORD };
const ADMIN = { user_name: 'admin', password: 'stampede-admin' };

const PAGES = [
  ['home', '/'], ['list', `/c/${goods[0].category_id}`], ['search', '/search?q=chair'], ['product', `/p/${goods[0].id}`],
  ['sales', '/sales'], ['sale', `/sale/${coming.id}`, USER], ['login', '/login?next=/checkout'], ['register', '/register'],
  ['cart', '/cart', USER], ['checkout', '/checkout', USER], ['pay', `/checkout?order=${order.id}`, USER],
  ['orders', '/orders', USER], ['order', `/order/${order.id}`, USER], ['favourites', '/favorites', USER],
  ['addresses', '/addresses', USER], ['wallet', '/wallet', USER], ['account', '/account', USER], ['absent', '/not-here'],
  ['admin-overview', '/admin', ADMIN], ['admin-products', '/admin/products', ADMIN],
  ['admin-product', `/admin/products/${goods[0].id}`, ADMIN], ['admin-categories', '/admin/categories', ADMIN],
  ['admin-carousel', '/admin/carousel', ADMIN], ['admin-orders', '/admin/orders', ADMIN], ['admin-sales', '/admin/sales', ADMIN],
  ['admin-sale', `/admin/sales/${coming.id}`, ADMIN], ['admin-live', `/admin/sales/${coming.id}/live`, ADMIN],
  ['admin-promotions', '/admin/promotions', ADMIN], ['admin-promotion', '/admin/promotions/new', ADMIN], ['admin-delivery', '/admin/delivery', ADMIN],
  ['admin-users', '/admin/users', ADMIN], ['admin-audit', '/admin/audit', ADMIN], ['admin-webhooks', '/admin/webhooks', ADMIN],
];

/** A page of somebody, at `path`. */
async function open(path, { width = 1280, theme = 'light', language = 'en', who } = {}) {
  const context = await browser.newContext({
    viewport: { width, height: width < 640 ? 780 : 900 }, colorScheme: theme, locale: LOCALES[language], reducedMotion: 'reduce', baseURL: origin,
  });
  await context.addCookies([{ name: 'stampede_language', value: language, url: origin }]);
  if (who) {
    const answer = await context.request.post('/api/v1/user/login', { data: { ...who, cookie: true } });
    if (!answer.ok()) throw new Error(await answer.text());
  }
  const page = await context.newPage();
  await page.goto(path);
  await page.waitForFunction(() => document.documentElement.dataset.ready === 'true');
  return page;
}

async function shoot(page, name, { whole = true, type = 'png' } = {}) {
  await page.evaluate(() => document.fonts.ready);
  if (whole) {
    // Pictures below the fold are fetched when they come near.
    await page.evaluate(async () => {
      for (let y = 0; y < document.body.scrollHeight; y += 500) { scrollTo(0, y); await new Promise(requestAnimationFrame); }
      scrollTo(0, 0);
    });
    await page.waitForLoadState('networkidle').catch(() => {});
  }
  const quality = type === 'jpeg' ? 82 : undefined;
  await page.screenshot({ path: join(folder, `${name}.${type === 'jpeg' ? 'jpg' : type}`), fullPage: whole, type, quality });
  await page.context().close();
}

async function everyPage() {
  for (const [name, path, who] of PAGES) {
    for (const width of [360, 1280]) for (const theme of ['light', 'dark']) for (const language of ['en', 'zh', 'ja']) {
      await shoot(await open(path, { width, theme, language, who }), `${name}-${width}-${theme}-${language}`);
    }
  }
}

const FIRST_VIEW = { whole: false, type: 'jpeg' };

/** Customers claim units of `sale`, some each second. */
async function crowd(event, buyers) {
  for (const [place, { token }] of buyers.entries()) {
    await new Promise((resolve) => { setTimeout(resolve, 120); });
    await call('POST', `/seckill/${event.id}`, { token, body: {}, key: `shot-${place}` }).catch(() => {});
  }
}

async function readme() {
  const buyers = [];
  for (let i = 0; i < 34; i += 1) buyers.push(await customer());
  const [camera] = cameras;
  const stock = { delta: 60, reason: 'delivery' };
  await call('POST', `/sku/${camera.skus[0].id}/stock`, { token: await adminToken(), key: 'shots', body: stock });
  camera.skus[0].num += stock.delta;
  const live = await halfPrice(camera, { units: 50 });
  const board = await open(`/admin/sales/${live.id}/live`, { who: ADMIN });
  await crowd(live, buyers);
  await shoot(board, 'live-board', FIRST_VIEW);
  await shoot(await open(`/sale/${live.id}`, { who: USER }), 'sale', FIRST_VIEW);
  await shoot(await open('/'), 'home', FIRST_VIEW);
  await shoot(await open('/', { width: 360, theme: 'dark', language: 'zh' }), 'phone', FIRST_VIEW);
}

/** All pages on one picture, themes and languages in turn. */
async function sheet() {
  const figures = { 1280: [], 360: [] };
  for (const [place, [name, path, who]] of PAGES.entries()) {
    for (const width of [1280, 360]) {
      const turn = place + (width === 360 ? 1 : 0);
      const look = { width, theme: ['light', 'dark'][turn % 2], language: ['en', 'zh', 'ja'][turn % 3], who };
      const page = await open(path, look);
      await page.evaluate(() => document.fonts.ready);
      const picture = await page.screenshot({ type: 'jpeg', quality: 80 });
      figures[width].push(`<figure><img src="data:image/jpeg;base64,${picture.toString('base64')}"><figcaption>${name}</figcaption></figure>`);
      await page.context().close();
    }
  }
  const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
  await page.setContent(`<style>body{margin:16px;font:12px sans-serif;background:#ddd}div{display:grid;gap:12px;margin-bottom:16px}
    .w1280{grid-template-columns:repeat(6,1fr)}.w360{grid-template-columns:repeat(15,1fr)}figure{margin:0}img{width:100%;display:block}</style>
    ${[1280, 360].map((width) => `<div class="w${width}">${figures[width].join('')}</div>`).join('')}`);
  await page.screenshot({ path: join(folder, 'sheet.jpg'), type: 'jpeg', quality: 75, fullPage: true });
}

const kinds = { readme, sheet };
await (kinds[process.env.SHOTS] ?? everyPage)();
await browser.close();
