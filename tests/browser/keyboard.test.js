/** The shop by keyboard alone: what is pressed is found by its role and name, and reached with Tab. */
import { assert, call, customer, go, journey, open, PASSWORD, PIN, product, ready, sale } from './harness.js';
import { balanceOf, CREDIT, listed, ordersOf, signIn, STANDARD, unique } from './shopper.js';

/** No hand may touch the mouse: what is pressed by it fails the test. */
async function noMouse(page) {
  await page.exposeFunction('mouseWasUsed', () => { throw new Error('the mouse was used'); });
  await page.addInitScript(() => addEventListener('pointerdown', () => globalThis.mouseWasUsed(), true));
}

const MOST_TABS = 120;

/** Presses Tab (or Shift+Tab) until the focus is at `target`, which must be visible then, with a ring around it. */
async function tabTo(page, target, key = 'Tab') {
  await target.waitFor();
  const there = () => target.evaluate((element) => element === document.activeElement);
  for (let tabs = 0; !(await there()); tabs += 1) {
    assert.ok(tabs < MOST_TABS, `${target} cannot be reached with ${key}`);
    await page.keyboard.press(key);
  }
  const seen = await target.evaluate((element) => {
    const box = element.getBoundingClientRect(), around = element.closest('label, .address, .choice') ?? element;
    const rings = [getComputedStyle(element), getComputedStyle(element, '::after'), getComputedStyle(around)];
    return { inside: box.bottom > 0 && box.top < innerHeight, shown: rings.some((one) => one.outlineStyle !== 'none' && parseFloat(one.outlineWidth) > 1) };
  });
  assert.deepEqual(seen, { inside: true, shown: true }, `the focus on ${target} is seen`);
}

async function press(page, role, name, { within = page, exact = true, key = 'Enter' } = {}) {
  await tabTo(page, within.getByRole(role, { name, exact }).filter({ visible: true }).first());
  await page.keyboard.press(key);
}

/** Tabs to a textbox and types. */
async function type(page, name, text) {
  await tabTo(page, page.getByRole('textbox', { name, exact: true }));
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(text);
}

const headed = (page, name) => page.waitForFunction((words) => document.activeElement?.tagName === 'H1' && document.activeElement.textContent.includes(words), name);

journey('the whole purchase: join, search, choose, bag, address, order, pay', async (context) => {
  const name = unique('Keyboard Lamp'), user = `keys${Date.now().toString(36)}`;
  await product({ name });
  await listed(name);
  const page = await open(context, '/', { before: noMouse });
  await press(page, 'link', 'Log in', { within: page.getByRole('banner') });
  await page.waitForURL(/\/login/);
  await press(page, 'link', 'Make an account');
  await page.waitForURL(/\/register/);
  await type(page, 'User name', user);
  await type(page, 'Password', PASSWORD);
  await type(page, 'Payment PIN', PIN);
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => url.pathname === '/');
  await ready(page);

  await tabTo(page, page.getByRole('searchbox', { name: 'Search' }), 'Shift+Tab');
  await page.keyboard.type(name);
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/search\?q=/);
  await press(page, 'link', name, { within: page.getByRole('main') });
  await headed(page, name);
  const quantity = page.getByRole('spinbutton', { name: 'Quantity' });
  await tabTo(page, quantity);
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowDown');
  assert.equal(await quantity.inputValue(), '2');
  await press(page, 'button', 'Add to bag', { key: 'Space' });
  const bag = page.getByRole('link', { name: 'Bag, 2 things' }).filter({ visible: true });
  await tabTo(page, bag, 'Shift+Tab');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/cart$/);
  await headed(page, 'Your bag');
  await press(page, 'link', 'Check out');
  await page.waitForURL(/\/checkout$/);
  await headed(page, 'Checkout');
  await type(page, 'Name', 'Ada Walker');
  await type(page, 'Phone', '+44 20 7946 0000');
  await type(page, 'Address', '12 Harbour Street');
  await press(page, 'button', 'Save');
  await page.getByRole('radio', { name: /Ada Walker/ }).waitFor();
  await press(page, 'radio', /^Standard/, { key: 'Space' });
  await press(page, 'button', 'Place the order');
  await page.waitForURL(/\/checkout\?order=/);
  await page.waitForFunction(() => document.activeElement?.textContent === 'Pay from your wallet');
  await type(page, 'Payment PIN', PIN);
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/order\//);
  await headed(page, 'Being packed');
  const { access_token: token } = await call('POST', '/user/login', { body: { user_name: user, password: PASSWORD } });
  const [order, ...more] = await ordersOf({ token });
  assert.deepEqual([more.length, order.status, order.total], [0, 'paid', 2 * 12_900]);
});

journey('the flash sale: log in, claim, pay', async (context) => {
  const event = await sale({ units: 2 }), who = await customer();
  const page = await open(context, `/sale/${event.id}`, { before: noMouse });
  const desk = page.getByRole('region', { name: 'Flash sale' });
  await press(page, 'link', 'Log in', { within: desk });
  await page.waitForURL(/\/login\?next=/);
  await type(page, 'User name', who.name);
  await type(page, 'Password', PASSWORD);
  await page.keyboard.press('Enter');
  await page.waitForURL(new RegExp(`/sale/${event.id}$`));
  await press(page, 'button', 'Claim one', { within: desk });
  const pay = desk.getByRole('link', { name: /^Pay / });
  await pay.waitFor();
  await page.waitForFunction(() => document.activeElement?.matches('.desk a'), null, { polling: 50 });
  assert.ok(await pay.evaluate((element) => element === document.activeElement), 'the focus is where to go on');
  assert.match(await desk.getByRole('status').innerText(), /It’s yours\. Pay within/);
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/checkout\?order=/);
  await type(page, 'Payment PIN', PIN);
  await press(page, 'button', 'Pay $53.90', { key: 'Space' });
  await page.waitForURL(/\/order\//);
  await headed(page, 'Being packed');
  assert.equal((await ordersOf(who, event)).length, 1);
  assert.equal(await balanceOf(who), CREDIT - event.price - STANDARD);
});

journey('addresses are chosen with arrows; a question is closed with Escape and leaves the focus where it was', async (context) => {
  const goods = await product(), who = await customer();
  await call('POST', '/address', { token: who.token, body: { name: 'Second Home', phone: '+44 20 7946 0002', address: '2 Way' } });
  await signIn(context, who.name);
  const page = await open(context, `/checkout?sku=${goods.skus[0].id}&num=1&product=${goods.id}`, { before: noMouse });
  const book = page.getByRole('radiogroup', { name: 'Where it goes' });
  const radio = (name) => book.getByRole('radio', { name: new RegExp(name) });
  const [usual, other] = await radio('Ada Walker').isChecked() ? ['Ada Walker', 'Second Home'] : ['Second Home', 'Ada Walker'];
  await tabTo(page, radio(usual));
  await page.keyboard.press('ArrowDown');
  assert.ok(await radio(other).isChecked());
  await press(page, 'radio', /^Standard/, { key: 'Space' });
  await press(page, 'button', 'Place the order');
  await page.waitForURL(/\/checkout\?order=/);
  const [order] = await ordersOf(who);
  assert.equal((await call('GET', `/order/${order.id}`, { token: who.token })).address.name, other);
  const cancel = page.getByRole('button', { name: 'Cancel the order' });
  await press(page, 'button', 'Cancel the order');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  assert.ok(await cancel.evaluate((element) => element === document.activeElement));
});

journey('the first Tab offers to skip to the content, and what comes after is in it', async (context) => {
  const page = await open(context, '/c', { before: noMouse });
  await page.keyboard.press('Tab');
  const skip = page.getByRole('link', { name: 'Skip to the content' });
  assert.ok(await skip.evaluate((element) => element === document.activeElement));
  assert.ok((await skip.boundingBox()).y >= 0, 'it is seen');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  assert.ok(await page.evaluate(() => document.querySelector('main').contains(document.activeElement)));
});

journey('each page that is gone to has the focus on its heading, the one that is loaded has not', async (context) => {
  const page = await open(context, '/', { before: noMouse });
  assert.notEqual(await page.evaluate(() => document.activeElement?.tagName), 'H1');
  for (const [name, title] of [['All goods', 'All goods'], ['Flash sales', 'Flash sales']]) {
    await press(page, 'link', name, { within: page.getByRole('contentinfo') });
    await headed(page, title);
    await ready(page);
  }
  await page.goBack();
  await headed(page, 'All goods');
  await go(page, '/c');
});
