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
import { origin, PASSWORD } from './api.js';
import { launch } from './chromium.js';

export { assert };
export * from './api.js';

export const WIDE = { width: 1280, height: 900 };
export const PHONE = { width: 360, height: 740 };

/** @type {import('playwright-core').Browser} */
let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

/** A browser context of its own: a visitor with no cookies. */
export async function visitor({ size = WIDE, theme = 'light', language = 'en', ...options } = {}) {
  const locale = { en: 'en-US', zh: 'zh-CN', ja: 'ja-JP' }[language];
  const context = await browser.newContext({
    viewport: size, colorScheme: theme, locale, reducedMotion: 'reduce', baseURL: origin, ...options,
  });
  // Long, since a machine that also compiles takes its time; only what fails waits so long.
  context.setDefaultTimeout(30_000);
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
