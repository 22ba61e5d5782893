/** The console makes promotions, and the shop applies them. */
import { adminToken, assert, call, customer, delivery, go, journey, open, PHONE, product, ready, sound } from './harness.js';
import { listed, signIn, unique } from './shopper.js';

const button = (page, name) => page.getByRole('button', { name, exact: true }).filter({ visible: true });
const box = (page, name) => page.getByRole('textbox', { name, exact: true });
const fault = (page, words) => page.locator('.error', { hasText: words }).first().waitFor();
const promotionOf = async (page) => call('GET', `/admin/promotions/${page.url().split('/').pop()}`, { token: await adminToken() });
const create = async (body) => call('POST', '/admin/promotions', { token: await adminToken(), body });
const code = () => `C${Date.now().toString(36)}${Math.floor(Math.random() * 1e6).toString(36)}`.toUpperCase();

for (const size of [undefined, PHONE]) {
  journey(`an admin makes a promotion with a code, and a customer uses it${size ? ', on a phone' : ''}`, size ? { size } : {}, async (context) => {
    const goods = await product({ name: unique('Offered Lamp') }), other = await product(), name = unique('Lamps'), word = code();
    await listed(goods.name);
    await signIn(context, 'admin', 'stampede-admin');
    const page = await open(context, '/admin/promotions');
    await page.getByRole('link', { name: 'New promotion' }).click();
    await page.waitForURL(/\/admin\/promotions\/new$/);
    await button(page, 'Make the promotion').click();
    for (const words of ['Give it a name', '1 to 32 characters', 'A number from 0.01 to 100']) await fault(page, words);
    await box(page, 'Name').fill(name);
    await box(page, 'Code').fill(word);
    await box(page, 'Percent off').fill('12.5');
    await box(page, 'From').fill('100');
    await page.getByRole('checkbox', { name: 'Only these products' }).check();
    await button(page, 'Choose').click();
    await page.getByRole('searchbox', { name: 'Find a product' }).fill(goods.name);
    await page.locator('.pick-list').getByRole('button', { name: goods.name }).click();
    await page.locator('.scope-goods').getByText(goods.name).waitFor();
    await box(page, 'Orders in all').fill('5');
    await box(page, 'Orders of one customer').fill('1');
    await button(page, 'Make the promotion').click();
    await page.waitForURL(/\/admin\/promotions\/\d+$/);
    await page.getByRole('heading', { level: 1, name }).waitFor();
    const made = await promotionOf(page);
    assert.deepEqual([made.kind, made.value, made.code, made.min_items, made.product_ids, made.category_ids, made.usage_limit, made.per_user_limit, made.enabled],
      ['percent', 1_250, word, 10_000, [goods.id], null, 5, 1, true]);
    await sound(page);

    const who = await customer(), shopping = await context.browser().newContext({ baseURL: new URL(page.url()).origin, locale: 'en-US', viewport: page.viewportSize() });
    try {
      for (const { skus: [sku] } of [goods, other]) await call('PUT', `/cart/${sku.id}`, { token: who.token, body: { num: 1 } });
      await signIn(shopping, who.name);
      const shop = await open(shopping, '/cart');
      await box(shop, 'Have a code?').fill(word);
      await button(shop, 'Apply').click();
      // 12.5 % of one lamp of $129.00, rounded half up.
      await shop.getByRole('complementary').getByText('−$16.13').waitFor();
      await shop.getByRole('complementary').getByText('$241.87').waitFor();
      await sound(shop);
    } finally {
      await shopping.close();
    }
  });
}

journey('a promotion is changed: its kind, its scope, its time, and that it applies by itself', { timezoneId: 'UTC' }, async (context) => {
  const { id } = await create({ name: unique('Changing'), code: code(), kind: 'percent', value: 1_000, starts_at: '2026-01-02T03:04:05.678Z' });
  const { items: [shelf] } = await call('GET', '/categories');
  await signIn(context, 'admin', 'stampede-admin');
  const page = await open(context, `/admin/promotions/${id}`);
  assert.ok(await button(page, 'Save').isDisabled(), 'nothing is changed yet');
  await page.getByRole('radio', { name: 'By itself' }).check();
  await page.getByRole('combobox', { name: 'Kind' }).selectOption({ label: 'Buy some, get some free' });
  await box(page, 'Units to buy').fill('2');
  await box(page, 'Units free').fill('1');
  await page.getByRole('checkbox', { name: 'Only these shelves' }).check();
  await button(page, 'Save').click();
  await fault(page, 'Choose a shelf');
  await page.getByRole('group', { name: 'Only these shelves' }).getByRole('checkbox', { name: shelf.name, exact: true }).check();
  await page.getByLabel('Ends', { exact: true }).fill('2026-01-01T00:00:00');
  await fault(page, 'Ends before it begins');
  await page.getByLabel('Ends', { exact: true }).fill('2099-01-01T00:00:00');
  await page.getByRole('checkbox', { name: 'Goes with others' }).check();
  await button(page, 'Save').click();
  await page.locator('.toast').getByText('Saved').waitFor();
  const now = await promotionOf(page);
  // It applies to every bag with things of that shelf: no other journey shall meet it.
  await call('PUT', `/admin/promotions/${id}`, { token: await adminToken(), body: { enabled: false } });
  assert.deepEqual([now.code, now.kind, now.buy, now.get, now.category_ids, now.starts_at, now.ends_at, now.combinable],
    [null, 'buy_x_get_y', 2, 1, [shelf.id], '2026-01-02T03:04:05.678Z', '2099-01-01T00:00:00.000Z', true]);

  // What is typed and not saved is not lost by a slip.
  await box(page, 'Name').fill('Half typed');
  await page.getByRole('link', { name: 'Promotions', exact: true }).filter({ visible: true }).first().click();
  await page.getByRole('dialog', { name: 'Leave without saving?' }).getByRole('button', { name: 'Stay' }).click();
  await button(page, 'Discard').click();
  assert.equal(await box(page, 'Name').inputValue(), now.name);
});

journey('what the shop refuses stands at its field', async (context) => {
  const taken = await create({ name: unique('Taken'), code: code(), kind: 'amount', value: 500 }), mine = await create({ name: unique('Mine'), code: code(), kind: 'amount', value: 500, combinable: true });
  await signIn(context, 'admin', 'stampede-admin');
  const page = await open(context, `/admin/promotions/${mine.id}`, { expects: [409] });
  await box(page, 'Code').fill(taken.code.toLowerCase());
  await button(page, 'Save').click();
  await fault(page, 'Another promotion has this code');
  assert.equal(await box(page, 'Code').getAttribute('aria-invalid'), 'true');
  await box(page, 'Code').fill(mine.code);
  await page.locator('.error', { hasText: 'Another promotion has this code' }).waitFor({ state: 'detached' });

  // Two orders use it while the page is open.
  const goods = await product();
  for (const who of [await customer(), await customer()]) {
    const { items: [address] } = await call('GET', '/address', { token: who.token });
    await call('POST', '/order', { token: who.token, key: `uses-${who.name}`, body: { address_id: address.id, product_id: goods.id, num: 1, delivery_method_id: await delivery(), codes: [mine.code] } });
  }
  await box(page, 'Orders in all').fill('1');
  await button(page, 'Save').click();
  await fault(page, 'It is used more often than that already');
  await page.reload();
  await ready(page);
  await box(page, 'Orders in all').fill('1');
  await fault(page, '2 orders use it already');
  assert.equal(await page.getByRole('button', { name: 'Delete' }).count(), 0, 'what orders use stays');
});

journey('promotions in the list: where they stand, switched off and on, and one that nobody used is deleted', async (context) => {
  const name = unique('Listed'), { id } = await create({ name, code: code(), kind: 'percent', value: 2_000, usage_limit: 3 });
  await create({ name: unique('Past'), kind: 'free_shipping', ends_at: '2026-01-01T00:00:00Z' });
  await signIn(context, 'admin', 'stampede-admin');
  const page = await open(context, '/admin/promotions', { expects: [404] }), row = page.getByRole('row', { name });
  await row.getByText('20% off').filter({ visible: true }).waitFor();
  await row.getByText('0 of 3').filter({ visible: true }).waitFor();
  await row.getByText('on', { exact: true }).waitFor();
  await page.getByRole('row', { name: /^Past / }).first().getByText('over', { exact: true }).waitFor();
  await button(page, `Switch off ${name}`).click();
  await row.getByText('switched off', { exact: true }).waitFor();
  assert.equal((await call('GET', `/admin/promotions/${id}`, { token: await adminToken() })).enabled, false);
  await button(page, `Switch on ${name}`).click();
  await row.getByText('on', { exact: true }).waitFor();
  await row.getByRole('link', { name }).click();
  await page.waitForURL(new RegExp(`/admin/promotions/${id}$`));
  await ready(page);
  await button(page, 'Delete').click();
  await page.getByRole('dialog', { name: `Delete ${name}?` }).getByRole('button', { name: 'Delete' }).click();
  await page.waitForURL(/\/admin\/promotions$/);
  await page.locator('.toast').getByText(`${name} is deleted`).waitFor();
  await go(page, '/admin/promotions');
  assert.equal(await page.getByRole('row', { name }).count(), 0);
});
