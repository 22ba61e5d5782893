/** Goods: looking for them, looking at them, keeping them; and how they come into the shop. */
import { assert, call, customer, go, journey, open, PHONE, product, ready } from './harness.js';
import { picture } from './pictures.js';
import { listed, moveStock, ordersOf, signIn, unique } from './shopper.js';

const search = (page) => page.getByRole('searchbox', { name: 'Search' });
const suggestions = (page) => page.getByRole('listbox', { name: 'Suggestions' });
const results = (page) => page.getByRole('main').locator('.card .card-title').allInnerTexts();
/** Waits until the address has exactly these filters, and the list is there. */
async function filtered(page, expected) {
  await page.waitForURL((url) => url.search === expected);
  await page.waitForFunction(() => !document.querySelector('.found[aria-busy=true]'));
}
const until = (page, test, argument) => page.waitForFunction(test, argument, { timeout: 30_000 });

journey('suggestions: arrows choose, Enter goes, Escape leaves the words, and what was searched is offered again', async (context) => {
  const known = await call('GET', '/product/1'), word = known.name.split(' ')[0];
  const page = await open(context, '/');
  const start = word.slice(0, -1).toLowerCase();
  await search(page).click();
  await page.keyboard.type(start);
  await suggestions(page).getByRole('option').first().waitFor();
  assert.match((await suggestions(page).getByRole('option').allInnerTexts()).join('\n'), new RegExp(word));
  await page.keyboard.press('ArrowDown');
  await until(page, () => document.getElementById(document.activeElement?.getAttribute('aria-activedescendant') ?? '')?.getAttribute('aria-selected') === 'true');
  await page.keyboard.press('Escape');
  await suggestions(page).waitFor({ state: 'detached' });
  assert.equal(await search(page).inputValue(), start, 'the words stay');
  await until(page, () => !document.activeElement?.hasAttribute('aria-activedescendant'));
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => url.pathname === '/search' && url.searchParams.get('q') === start);
  await ready(page);
  assert.ok((await results(page)).includes(known.name));
  await page.getByRole('main').locator('mark').first().waitFor();

  await go(page, '/');
  await search(page).click();
  const past = suggestions(page).getByRole('option', { name: start });
  await past.waitFor();
  await page.keyboard.press('ArrowDown');
  await until(page, () => document.activeElement?.hasAttribute('aria-activedescendant'));
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => url.searchParams.get('q') === start);
  await ready(page);

  // The thing itself is the last of them, and a press leads straight to it.
  await search(page).fill(known.name);
  await suggestions(page).getByRole('option', { name: known.name }).last().waitFor();
  await suggestions(page).getByRole('option').filter({ has: page.locator('img') }).click();
  await page.waitForURL(/\/p\/\d+/);
  await page.getByRole('heading', { level: 1, name: known.name }).waitFor();
});

journey('letters typed before the suggestions are loaded are answered too, and not replaced by a result that arrives late', async (context) => {
  const known = await call('GET', '/product/1'), word = known.name.split(' ')[0].toLowerCase();
  let release;
  const held = new Promise((resolve) => { release = resolve; });
  const page = await open(context, '/', { before: (blank) => blank.route(/\/search\/suggestions/, async (route) => { await held; await route.continue(); }) });
  await search(page).click();
  await page.keyboard.type(word);
  release();
  await suggestions(page).getByRole('option', { name: word }).first().waitFor();

  let answer;
  const late = new Promise((resolve) => { answer = resolve; });
  await page.route(/\/products\?.*facets/, async (route) => { await late; await route.continue(); });
  await page.keyboard.press('Enter');
  await page.keyboard.press('End');
  await page.keyboard.type(' more');
  answer();
  await page.waitForURL((url) => url.searchParams.get('q') === word);
  await ready(page);
  assert.equal(await search(page).inputValue(), `${word} more`);
});

journey('while characters are being composed, Enter chooses them and searches for nothing', { language: 'ja' }, async (context) => {
  const page = await open(context, '/');
  const box = page.getByRole('searchbox');
  await box.click();
  await box.fill('けん');
  const before = page.url();
  const prevented = await box.evaluate((element) => {
    element.dispatchEvent(new CompositionEvent('compositionstart'));
    return !element.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true, cancelable: true }));
  });
  assert.equal(prevented, false);
  assert.equal(page.url(), before);
});

journey('filters live in the address: set, reloaded, gone back over, taken away', async (context) => {
  const words = unique('Filter Lamp'), [cheap, dear, out] = [await product({ name: `${words} one`, price: 5_000 }), await product({ name: `${words} two`, price: 50_000 }), await product({ name: `${words} three`, price: 7_000 })];
  await moveStock(out, -20);
  for (const { name } of [cheap, dear, out]) await listed(name);
  const base = `?q=${encodeURIComponent(words).replaceAll('%20', '+')}`;
  const page = await open(context, `/search${base}`);
  assert.equal((await results(page)).length, 3);
  await page.getByRole('checkbox', { name: 'In stock' }).check();
  await filtered(page, `${base}&in_stock=true`);
  await until(page, (n) => document.querySelectorAll('.card').length === n, 2);
  await page.getByRole('combobox', { name: 'Sort by' }).selectOption({ label: 'Price, high to low' });
  await filtered(page, `${base}&in_stock=true&sort=-price`);
  await until(page, (name) => document.querySelector('.card .card-title')?.textContent.includes(name), dear.name);
  assert.deepEqual(await results(page), [dear.name, cheap.name]);
  const to = page.getByRole('textbox', { name: 'To' });
  await to.fill('100');
  await to.press('Enter');
  await filtered(page, `${base}&max_price=10000&in_stock=true&sort=-price`);
  await until(page, (n) => document.querySelectorAll('.card').length === n, 1);
  await page.reload();
  await ready(page);
  assert.deepEqual(await results(page), [cheap.name]);
  assert.ok(await page.getByRole('checkbox', { name: 'In stock' }).isChecked());
  assert.equal(await to.inputValue(), '100');

  await page.goBack();
  await filtered(page, `${base}&in_stock=true&sort=-price`);
  await until(page, (n) => document.querySelectorAll('.card').length === n, 2);
  await page.goForward();
  await filtered(page, `${base}&max_price=10000&in_stock=true&sort=-price`);
  await page.getByRole('button', { name: 'Take away: up to $100' }).click();
  await filtered(page, `${base}&in_stock=true&sort=-price`);
  await to.fill('nothing');
  await to.press('Enter');
  await page.getByText('That is not an amount.').waitFor();
  await to.fill('1');
  await to.press('Enter');
  await page.getByRole('heading', { name: 'Nothing fits all of this' }).waitFor();
  await page.getByRole('button', { name: 'Clear the filters' }).click();
  await filtered(page, `${base}&sort=-price`);
  await until(page, (n) => document.querySelectorAll('.card').length === n, 3);
});

journey('on a phone the filters stand in a sheet', { size: PHONE }, async (context) => {
  const page = await open(context, '/c');
  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  const sheet = page.getByRole('dialog');
  await sheet.getByRole('checkbox', { name: 'In stock' }).check();
  await page.waitForURL(/in_stock=true/);
  await sheet.getByRole('button', { name: /^Show \d+ things$/ }).click();
  await sheet.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Filter, 1 set' }).waitFor();
});

journey('pictures: arrow keys, thumbs, and the viewer, which gives the focus back', async (context) => {
  const painter = await open(context, '/c');
  const pictures = [await picture(painter, '#ff6a3d'), await picture(painter, '#2f6b4f'), await picture(painter, '#5b3df5')];
  const goods = await product({ name: unique('Shown Lamp'), pictures });
  const page = await open(context, `/p/${goods.id}`);
  const at = (n) => page.getByRole('group', { name: `Picture ${n}`, exact: true }).waitFor();
  const thumb = (n) => page.getByRole('button', { name: `Picture ${n}`, exact: true });
  await at(1);
  await page.getByRole('group', { name: 'Picture 1', exact: true }).focus();
  await page.keyboard.press('ArrowRight');
  await at(2);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await at(3);
  assert.equal(await thumb(3).getAttribute('aria-current'), 'true');
  await page.getByRole('img', { name: `${goods.name}, picture 3` }).waitFor();
  await page.keyboard.press('ArrowLeft');
  await at(2);
  await thumb(1).click();
  await at(1);
  await until(page, () => document.querySelector('.gallery-track').scrollLeft === 0);
  const enlarge = page.getByRole('button', { name: 'Enlarge' });
  await enlarge.focus();
  await page.keyboard.press('Enter');
  const viewer = page.getByRole('dialog');
  await viewer.waitFor();
  await page.keyboard.press('ArrowLeft');
  await viewer.getByRole('img', { name: `${goods.name}, picture 3` }).waitFor();
  await page.keyboard.press('Escape');
  await viewer.waitFor({ state: 'detached' });
  await until(page, () => document.activeElement?.getAttribute('aria-label') === 'Enlarge');
  await at(3);
});

journey('a favourite is kept, taken away, and back with one press', async (context) => {
  const goods = await product({ name: unique('Beloved Lamp') }), who = await customer();
  const kept = async () => (await call('GET', '/collection', { token: who.token })).items.map((one) => one.product.id);
  await signIn(context, who.name);
  const page = await open(context, `/p/${goods.id}`, { expects: [503] });
  const heart = page.getByRole('button', { name: 'Favourite', exact: true }).filter({ visible: true });
  await page.getByRole('link', { name: `Account of ${who.name}` }).waitFor();
  await heart.click();
  await until(page, () => document.querySelector('.buy-row .like')?.getAttribute('aria-pressed') === 'true');
  for (let tries = 0; tries < 100 && !(await kept()).length; tries += 1) await new Promise((resolve) => setTimeout(resolve, 50));
  assert.deepEqual(await kept(), [goods.id]);

  await go(page, '/favorites');
  await page.getByRole('button', { name: `Favourite: ${goods.name}` }).click();
  await page.getByRole('heading', { name: 'No favourites yet' }).waitFor();
  await page.locator('.toast').getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('link', { name: goods.name }).waitFor();
  await page.reload();
  await page.getByRole('link', { name: goods.name }).waitFor();
  assert.deepEqual(await kept(), [goods.id]);

  // A shop that refuses: the heart goes back to what is true.
  await page.route('**/api/v1/collection**', (route) => (route.request().method() === 'DELETE'
    ? route.fulfill({ status: 503, contentType: 'application/problem+json', body: JSON.stringify({ status: 503, code: 'unavailable' }) }) : route.fallback()));
  await page.getByRole('button', { name: `Favourite: ${goods.name}` }).click();
  await page.locator('.toast').getByText('Your favourites did not change').waitFor();
  await page.getByRole('link', { name: goods.name }).waitFor();
});

journey('a stranger who likes something logs in and is back at it', async (context) => {
  const goods = await product(), who = await customer();
  const page = await open(context, `/p/${goods.id}`);
  await page.getByRole('button', { name: 'Favourite', exact: true }).filter({ visible: true }).click();
  await page.waitForURL((url) => url.searchParams.get('next') === `/p/${goods.id}`);
  await page.getByRole('textbox', { name: 'User name' }).fill(who.name);
  await page.getByRole('textbox', { name: 'Password' }).fill('long enough for a journey');
  await page.getByRole('button', { name: 'Log in', exact: true }).click();
  await page.waitForURL(new RegExp(`/p/${goods.id}$`));
});

const local = (ms) => new Date(ms).toISOString().slice(0, 19);

journey('an admin makes a product with two pictures and a sale on it, and watches it sell out', { timezoneId: 'UTC' }, async (context) => {
  const name = unique('Console Lamp');
  await signIn(context, 'admin', 'stampede-admin');
  const page = await open(context, '/admin/products', { expects: [404] }); // no audit has been asked for yet
  await page.getByRole('link', { name: 'New product' }).click();
  await page.getByRole('heading', { level: 1, name: 'New product' }).waitFor();
  const files = [];
  for (const [i, colour] of ['#ff6a3d', '#2f6b4f'].entries()) files.push({ name: `side-${i + 1}.jpg`, mimeType: 'image/jpeg', buffer: await picture(page, colour) });
  await page.locator('section[aria-labelledby=pictures] input[type=file]').setInputFiles(files);
  await page.getByRole('button', { name: 'Move picture 2 of 2' }).waitFor();
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(name);
  await page.getByRole('textbox', { name: 'One line' }).fill('A lamp of the console');
  await page.getByRole('textbox', { name: 'Description' }).fill('It was made in the browser, with two pictures.');
  await page.getByRole('textbox', { name: /^Price of/ }).fill('129');
  await page.getByRole('textbox', { name: /^Opening stock of/ }).fill('12');
  await page.getByRole('textbox', { name: /^Tax rate of/ }).fill('7.5');
  await page.getByRole('combobox', { name: 'Shelf' }).selectOption({ index: 1 });
  const shown = page.getByRole('switch', { name: 'In the shop' });
  if (!await shown.isChecked()) await shown.check();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.waitForURL(/\/admin\/products\/\d+$/);
  const goods = await call('GET', `/product/${page.url().split('/').pop()}`);
  assert.deepEqual([goods.name, goods.images.length, goods.skus[0].price, goods.skus[0].num, goods.skus[0].tax_rate_bp], [name, 2, 12_900, 12, 750]);

  await go(page, '/admin/sales');
  await page.getByRole('link', { name: 'New sale' }).click();
  await page.getByRole('searchbox', { name: 'Search products' }).fill(name);
  await page.getByRole('button', { name }).click();
  await page.getByRole('textbox', { name: 'Headline' }).fill('Two lamps');
  await page.getByRole('textbox', { name: 'Sale price' }).fill('49');
  await page.getByRole('textbox', { name: 'Units' }).fill('2');
  await page.getByLabel('Opens', { exact: true }).fill(local(Date.now() + 3000));
  await page.getByLabel('Closes', { exact: true }).fill(local(Date.now() + 600_000));
  await page.getByRole('button', { name: 'Schedule the sale' }).click();
  await page.waitForURL(/\/admin\/sales\/\d+$/);
  const id = page.url().split('/').pop();
  await go(page, `/admin/sales/${id}/live`);
  await page.getByText('of 2', { exact: true }).waitFor();
  for (let tries = 0; (await call('GET', `/seckill/${id}`)).state !== 'live'; tries += 1) {
    assert.ok(tries < 100, 'the sale does not open');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const buyers = [await customer(), await customer()];
  for (const { token } of buyers) await call('POST', `/seckill/${id}`, { token, body: {} });
  await page.getByText('All claimed, 2 units').waitFor();
  await page.getByText('all claimed', { exact: true }).first().waitFor();
  await page.getByText('Books: exact').first().waitFor();
  for (const who of buyers) assert.equal((await ordersOf(who)).length, 1);
  const shopper = await open(context, `/sale/${id}`);
  await shopper.getByText('All 2 are spoken for').waitFor();
  await shopper.getByRole('img', { name: new RegExp(name) }).first().waitFor();
});

journey('a word is searched for while the next one is typed: nothing typed is lost', async (context) => {
  const name = unique('Folding Lantern');
  await product({ name });
  await signIn(context, 'admin', 'stampede-admin');
  const page = await open(context, '/admin/products');
  const box = page.getByRole('searchbox', { name: 'Search' });
  await box.pressSequentially('Folding ');
  await page.waitForURL(/q=Folding$/);
  await page.getByRole('link', { name }).waitFor();
  await box.pressSequentially('Lantern');
  assert.equal(await box.inputValue(), 'Folding Lantern');
  await page.waitForURL(/q=Folding\+Lantern|q=Folding%20Lantern/);
  await page.getByRole('link', { name }).waitFor();
});
