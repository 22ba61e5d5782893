/** Three languages and two appearances: switched by the page, kept, and without rests of another. */
import { readdir } from 'node:fs/promises';
import { test } from 'node:test';
import { assert, call, customer, delivery, go, journey, open, origin, PHONE, product, ready } from './harness.js';
import { signIn } from './shopper.js';

const texts = new URL('../../static/texts/', import.meta.url);
const TAGS = { en: 'en', zh: 'zh-Hans', ja: 'ja' };
const OWN = { en: 'EN', zh: '中文', ja: '日本語' };

/** Areas of texts that shoppers read. */
const AREAS = (await readdir(new URL('en/', texts))).map((file) => file.replace('.js', '')).filter((area) => area !== 'index' && !area.startsWith('admin'));
const read = async (language, area) => (await import(new URL(`${language}/${area}.js`, texts).href)).default;
/** The sentences and words of a text, with its plurals, without what is filled in and without markup. */
const pieces = (text) => (typeof text === 'string' ? [text] : Object.values(text)).flatMap((one) => one.split(/\{\w+\}|<[^>]*>/)).map((one) => one.trim());

/** English pieces of at least two words, or one long one, that the other language does not have. */
async function englishOnly(language, areas) {
  const out = new Set();
  for (const area of areas) {
    const english = await read('en', area), other = JSON.stringify(await read(language, area));
    for (const piece of Object.values(english).flatMap(pieces)) {
      if (piece.length >= 4 && /[A-Za-z]{3}/.test(piece) && !other.includes(piece)) out.add(piece);
    }
  }
  return [...out];
}

/** What a page says: its text, its title, and the names of what has no text. */
const words = (page) => page.evaluate(() => {
  const named = [...document.querySelectorAll('body *')].flatMap((element) => ['aria-label', 'placeholder', 'title', 'alt', 'aria-valuetext'].map((name) => element.getAttribute(name)).filter(Boolean));
  const skipped = new Set(['SCRIPT', 'STYLE', 'NOSCRIPT']);
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const said = [];
  while (walker.nextNode()) if (!skipped.has(walker.currentNode.parentElement?.tagName)) said.push(walker.currentNode.data.trim());
  return [document.title, ...named, ...said].filter(Boolean);
});

const dictionary = Object.fromEntries(await Promise.all(['zh', 'ja'].map(async (language) => [language, await englishOnly(language, AREAS)])));

test('the words that must not stay are those of an English page', async () => {
  for (const language of ['zh', 'ja']) {
    for (const word of ['Favourites', 'Skip to the content', 'Log in', 'Bag, empty']) assert.ok(dictionary[language].includes(word), word);
  }
});

/** No piece of English stands on the page, as a whole text or at the start or end of one. */
async function noEnglish(page, language) {
  const said = await words(page);
  assert.ok(said.length > 20, 'the page says something');
  const left = said.filter((one) => dictionary[language].some((piece) => one === piece || one.startsWith(`${piece} `) || one.endsWith(` ${piece}`)));
  assert.deepEqual([...new Set(left)], [], `English on ${page.url()} in ${language}`);
}

/** Is the page as light or dark as it says? */
const brightness = (page) => page.evaluate(() => {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  canvas.fillStyle = getComputedStyle(document.body).backgroundColor;
  canvas.fillRect(0, 0, 1, 1);
  const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
  if (a < 255) {
    canvas.fillStyle = getComputedStyle(document.documentElement).backgroundColor;
    canvas.fillRect(0, 0, 1, 1);
    const below = canvas.getImageData(0, 0, 1, 1).data;
    return (below[0] + below[1] + below[2]) / 3;
  }
  return (r + g + b) / 3;
});

/** Presses a language in the footer and waits for the page in it. */
async function choose(page, language) {
  await page.getByRole('contentinfo').getByRole('link', { name: OWN[language], exact: true }).click();
  await page.waitForFunction((tag) => document.documentElement.lang === tag && document.documentElement.dataset.ready === 'true', TAGS[language]);
}

for (const language of ['zh', 'ja']) {
  for (const size of [undefined, PHONE]) {
    journey(`in ${language}${size ? ', on a phone' : ''}: home, list, product, sales, bag, log-in`, size ? { size } : {}, async (context) => {
      const page = await open(context, '/');
      assert.equal(await page.locator('html').getAttribute('lang'), 'en');
      await page.getByRole('banner').getByRole('link', { name: 'Favourites' }).waitFor();
      await choose(page, language);
      await noEnglish(page, language);
      const { items: [event] } = await call('GET', '/seckill');
      for (const path of ['/c', '/p/1', '/p/2', '/sales', `/sale/${event.id}`, '/cart', '/login', '/register', '/search?q=zzzz']) {
        await go(page, path);
        assert.equal(await page.locator('html').getAttribute('lang'), TAGS[language], path);
        await noEnglish(page, language);
      }
      // The address and what was asked for stay when the language is changed.
      await go(page, '/c?in_stock=true&sort=price');
      await choose(page, 'en');
      assert.match(page.url(), /\/c\?in_stock=true&sort=price$/);
      await page.getByRole('combobox', { name: 'Sort by' }).waitFor();
    });
  }

  journey(`a customer in ${language}: a bag with things, the checkout, an order`, async (context) => {
    const who = await customer();
    const { items: [address] } = await call('GET', '/address', { token: who.token });
    const order = await call('POST', '/order', { token: who.token, key: `language-${who.name}`, body: { address_id: address.id, product_id: 2, num: 1, delivery_method_id: await delivery() } });
    const goods = await call('GET', '/product/2');
    await call('PUT', `/cart/${goods.skus[0].id}`, { token: who.token, body: { num: 2 } });
    await signIn(context, who.name);
    await context.addCookies([{ name: 'stampede_language', value: language, url: origin }]);
    const page = await open(context, '/cart');
    assert.equal(await page.locator('html').getAttribute('lang'), TAGS[language]);
    await noEnglish(page, language);
    for (const path of ['/checkout', `/checkout?order=${order.id}`, `/order/${order.id}`, '/orders', '/favorites', '/addresses', '/wallet', '/account']) {
      await go(page, path);
      await noEnglish(page, language);
    }
  });
}

journey('the browser’s language is taken until another is chosen', { language: 'ja' }, async (context) => {
  const page = await open(context, '/');
  assert.equal(await page.locator('html').getAttribute('lang'), 'ja');
  await choose(page, 'zh');
  await page.reload();
  await ready(page);
  assert.equal(await page.locator('html').getAttribute('lang'), 'zh-Hans');
  await go(page, '/?lang=en');
  assert.equal(await page.locator('html').getAttribute('lang'), 'en');
});

journey('light and dark: by the system, by choice, kept over a reload', { theme: 'dark' }, async (context) => {
  const goods = await product();
  const page = await open(context, `/p/${goods.id}`);
  assert.ok(await brightness(page) < 80, 'dark by the system');
  const switchTo = async (name) => {
    const press = page.getByRole('contentinfo').getByRole('button', { name, exact: true });
    await press.click();
    assert.equal(await press.getAttribute('aria-pressed'), 'true');
  };
  await switchTo('Light');
  assert.ok(await brightness(page) > 200, 'light by choice');
  await page.reload();
  assert.ok(await brightness(page) > 200, 'light before the first script of the page');
  await ready(page);
  await go(page, '/cart');
  assert.ok(await brightness(page) > 200);
  await switchTo('Dark');
  assert.ok(await brightness(page) < 80);
  await page.emulateMedia({ colorScheme: 'light' });
  assert.ok(await brightness(page) < 80, 'dark by choice');
  await switchTo('Auto');
  assert.ok(await brightness(page) > 200, 'the system’s again');
});

for (const language of Object.keys(TAGS)) {
  journey(`in ${language}: no width scrolls sideways`, { language }, async (context) => {
    const page = await open(context, '/');
    for (const path of ['/', '/c', '/p/1', '/sales']) {
      await go(page, path);
      for (let width = 320; width <= 1480; width += 40) {
        await page.setViewportSize({ width, height: 800 });
        const sideways = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        assert.ok(sideways <= 0, `${path} at ${width} px scrolls sideways by ${sideways} px`);
      }
    }
  });
}
