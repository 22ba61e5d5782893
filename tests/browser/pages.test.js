/**
 * Every page, in both themes and widths: it loads without a fault, has one main heading
 * and a title of its own, and axe-core finds nothing serious on it.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { PHONE, WIDE, adminToken, assert, call, customer, delivery, go, open, product, sale, sound, visitor } from './harness.js';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const goods = await product();
const event = await sale({ units: 3, startsIn: 3_600_000 });
const live = await sale({ units: 3 });
const walker = await customer();
const [address] = (await call('GET', '/address', { token: walker.token })).items;
const order = await call('POST', '/order', {
  token: walker.token, key: 'pages', body: { address_id: address.id, product_id: goods.id, num: 1, delivery_method_id: await delivery() },
});
await call('PUT', `/cart/${goods.skus[0].id}`, { token: walker.token, body: { num: 2 } });
const admin = await adminToken();
const offer = await call('POST', '/admin/promotions', { token: admin, body: { name: 'Bundle', code: `PAGES${Date.now()}`, kind: 'buy_x_get_y', buy: 1, get: 1, product_ids: [goods.id], category_ids: [goods.category_id], usage_limit: 9 } });
const { items: [someone] } = await call('GET', '/admin/users', { token: admin });

const strangers = ['/', '/c', `/c/${goods.category_id}`, '/search?q=lamp', `/p/${goods.id}`, '/sales',
  `/sale/${event.id}`, `/sale/${live.id}`, '/cart', '/login', '/register', '/reset-password'];
const members = ['/', '/cart', '/checkout', `/checkout?order=${order.id}`, '/orders', `/order/${order.id}`, '/favorites',
  '/addresses', '/wallet', '/account', '/verify-email'];
const admins = ['/admin', '/admin/products', '/admin/products/new', `/admin/products/${goods.id}`, '/admin/categories',
  '/admin/carousel', '/admin/orders', `/admin/orders/${order.id}`, '/admin/sales', '/admin/sales/new',
  `/admin/sales/${event.id}`, `/admin/sales/${live.id}/live`, '/admin/promotions', '/admin/promotions/new', `/admin/promotions/${offer.id}`, '/admin/delivery', '/admin/users', `/admin/users/${someone.id}`,
  '/admin/audit', '/admin/webhooks'];

/** A cookie log-in, so that the pages find their session. */
async function signIn(page, name, password) {
  await page.evaluate(async (body) => {
    const headers = { 'Content-Type': 'application/json' };
    const answer = await fetch('/api/v1/user/login', { method: 'POST', headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(await answer.text());
  }, { user_name: name, password, cookie: true });
}

async function judge(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run());
  const grave = violations.filter((one) => ['serious', 'critical'].includes(one.impact));
  assert.deepEqual(grave.map((one) => `${one.id}: ${one.nodes.map((node) => node.target).join(', ')}`), [], page.url());
}

function everyPage(who, paths, { name, password } = {}) {
  for (const [size, theme] of [[PHONE, 'light'], [PHONE, 'dark'], [WIDE, 'light'], [WIDE, 'dark']]) {
    test(`${who} at ${size.width} px, ${theme}`, { timeout: 300_000 }, async () => {
      // axe-core is put in by the test, and the policy of the pages forbids just that.
      const context = await visitor({ size, theme, bypassCSP: true });
      try {
        const page = await open(context, '/login');
        if (name) await signIn(page, name, password);
        // Bag and checkout show a code that is taken, and one that is not.
        await page.evaluate((codes) => sessionStorage.setItem('stampede_codes', JSON.stringify(codes)), [offer.code, 'NOSUCHCODE']);
        const titles = new Map();
        for (const path of paths) {
          await go(page, path);
          await sound(page);
          assert.equal(await page.locator('h1').count(), 1, `${path}: main headings`);
          assert.equal(await page.locator('main').count(), 1, `${path}: main`);
          titles.set(path, await page.title());
          await judge(page);
        }
        for (const [path, title] of titles) assert.notEqual(title, '', path);
      } finally {
        await context.close();
      }
    });
  }
}

everyPage('a stranger', strangers);
everyPage('a customer', members, { name: walker.name, password: 'long enough for a journey' });
everyPage('an admin', admins, { name: 'admin', password: 'stampede-admin' });

test('the policy of every page holds', { timeout: 300_000 }, async () => {
  const context = await visitor();
  try {
    const page = await open(context, '/');
    await signIn(page, 'admin', 'stampede-admin');
    for (const path of [...new Set([...members.filter((path) => !path.includes(order.id)), ...admins])]) {
      await go(page, path);
      await sound(page);
    }
  } finally {
    await context.close();
  }
});

test('an address that nobody knows is a page with status 404', async () => {
  const context = await visitor();
  try {
    const page = await context.newPage();
    for (const path of ['/nothing-here', '/p/999999999', '/sale/999999999']) {
      const answer = await page.goto(path);
      assert.equal(answer.status(), 404, path);
      await page.waitForFunction(() => document.documentElement.dataset.ready === 'true');
      assert.equal(await page.locator('h1').count(), 1);
    }
  } finally {
    await context.close();
  }
});
