/**
 * What every journey stands on: a browser, pages that report each fault they see, and
 * the API for what a journey needs beforehand.
 *
 * A page fails its test on a console error, an exception, a violation of the content
 * security policy, a request to another origin, and a page that scrolls sideways. A
 * test that provokes an answer ≥ 400 names it with `expects`.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { chromium } from 'playwright-core';

export { assert };

/** The shop under test; scripts/test-browser starts it. */
export const origin = process.env.SHOP_URL ?? 'http://127.0.0.1:8080';

const ARGUMENTS = [
  '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
];
export const WIDE = { width: 1280, height: 900 };
export const PHONE = { width: 360, height: 740 };

/** @type {import('playwright-core').Browser} */
let browser;
before(async () => {
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ARGUMENTS });
});
after(() => browser.close());

/** A browser context of its own: a visitor with no cookies. */
export async function visitor({ size = WIDE, theme = 'light', language = 'en', ...options } = {}) {
  const locale = { en: 'en-US', zh: 'zh-CN', ja: 'ja-JP' }[language];
  const context = await browser.newContext({
    viewport: size, colorScheme: theme, locale, reducedMotion: 'reduce', baseURL: origin, ...options,
  });
  context.setDefaultTimeout(10_000);
  return context;
}

/** Faults that a page has shown, and answers that its test provokes. */
class Watch {
  faults = [];
  expected = [];

  /** @param {import('playwright-core').Page} page */
  constructor(page) {
    page.on('console', (message) => {
      if (message.type() === 'error' && !this.provoked(message)) this.faults.push(`${message.text()} ${message.location().url}`);
    });
    page.on('pageerror', (error) => this.faults.push(`exception: ${error.stack ?? error}`));
    page.on('request', (request) => {
      const url = new URL(request.url());
      if (/^https?:$/.test(url.protocol) && url.origin !== origin) this.faults.push(`a request to ${url}`);
    });
  }

  /** Chromium writes a console error for each answer ≥ 400 and for a server that is gone. */
  provoked(message) {
    const text = message.text();
    return this.expected.some((status) => text.includes(String(status)));
  }
}

const watches = new WeakMap();

/**
 * A watched page of `context`. `expects` lists what its console may name: statuses such
 * as 409, or `net::ERR_CONNECTION_REFUSED`. `before` is run on the page while it is empty.
 */
export async function open(context, path, { expects = [], before } = {}) {
  const page = await context.newPage();
  const watch = new Watch(page);
  watch.expected.push(...expects);
  watches.set(page, watch);
  await before?.(page);
  await go(page, path);
  return page;
}

/** Goes to `path` and waits for the page's first data. */
export async function go(page, path) {
  await page.goto(path);
  await ready(page);
}

/** Waits until the first data of the present page is shown. */
export async function ready(page) {
  await page.waitForFunction(() => document.documentElement.dataset.ready === 'true');
}

/** What the page has shown must be without fault. */
export async function sound(page) {
  const sideways = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(sideways <= 0, `${page.url()} scrolls sideways by ${sideways} px`);
  assert.deepEqual(watches.get(page)?.faults ?? [], [], page.url());
}

/**
 * A test with a visitor: its context is closed afterwards, and all of its watched pages
 * must be sound.
 */
export function journey(name, options, body) {
  if (typeof options === 'function') [options, body] = [{}, options];
  test(name, { timeout: 120_000 }, async () => {
    const context = await visitor(options);
    try {
      await body(context);
      for (const page of context.pages()) await sound(page);
    } finally {
      await context.close();
    }
  });
}

// --- the API, for what a journey needs beforehand -----------------------------

/** One call of the API; a refusal throws. */
export async function call(method, path, { token, body, form, key } = {}) {
  const headers = {};
  if (token) headers.Authorization = `Bearer ${token}`;
  if (body) headers['Content-Type'] = 'application/json';
  if (key) headers['Idempotency-Key'] = key;
  const answer = await fetch(`${origin}/api/v1${path}`, { method, headers, body: form ?? (body && JSON.stringify(body)) });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return text && JSON.parse(text);
}

export const PASSWORD = 'long enough for a journey';
export const PIN = '135790';

/** The token of a user. */
export async function tokenOf(userName, password = PASSWORD) {
  return (await call('POST', '/user/login', { body: { user_name: userName, password } })).access_token;
}

export const adminToken = () => tokenOf('admin', 'stampede-admin');

let made = 0;

/** A new customer with an address and the demo's opening credit. */
export async function customer() {
  const name = `walker${Date.now().toString(36)}${made++}`;
  await call('POST', '/user/register', { body: { user_name: name, password: PASSWORD, key: PIN } });
  const token = await tokenOf(name);
  const address = { name: 'Ada Walker', phone: '+44 20 7946 0000', address: '12 Harbour Street' };
  await call('POST', '/address', { token, body: address });
  return { name, token };
}

/** Logs the visitor in as `name`, through the page. */
export async function logIn(context, name, password = PASSWORD) {
  const page = await open(context, '/login');
  await page.getByRole('textbox', { name: 'User name' }).fill(name);
  await page.getByRole('textbox', { name: 'Password' }).fill(password);
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.waitForURL((url) => url.pathname !== '/login');
  await ready(page);
  return page;
}

/** A new product on sale with `num` units at `price` minor units; returns it. */
export async function product({ name = 'Journey Lamp', price = 12_900, num = 20 } = {}) {
  const token = await adminToken();
  const { items: [category] } = await call('GET', '/categories');
  const form = new FormData();
  const fields = { name, title: 'Made for a journey', info: 'A lamp.', category_id: category.id, price, num, on_sale: true };
  for (const [field, value] of Object.entries(fields)) form.set(field, String(value));
  return call('POST', '/product', { token, form });
}

/** A sale of `units` that starts in `startsIn` ms and lasts `lasts` ms. */
export async function sale({ units = 2, limit = 1, startsIn = 0, lasts = 600_000, price = 4_900 } = {}) {
  const goods = await product({ num: units + 5 });
  const begin = Date.now() + startsIn;
  return call('POST', '/admin/seckill', {
    token: await adminToken(),
    body: {
      sku_id: goods.skus[0].id, title: 'Journey sale', price, stock_total: units, per_user_limit: limit,
      starts_at: new Date(begin).toISOString(), ends_at: new Date(begin + lasts).toISOString(),
    },
  });
}
