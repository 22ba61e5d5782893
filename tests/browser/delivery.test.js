/** Delivery: where things go, how, and what that costs. */
import { after, before } from 'node:test';
import { adminToken, assert, call, customer, go, journey, open, PHONE, PIN, product, ready, sound } from './harness.js';
import { addressOf, ordersOf, signIn, unique } from './shopper.js';

const button = (page, name) => page.getByRole('button', { name, exact: true }).filter({ visible: true });
const box = (page, name) => page.getByRole('textbox', { name, exact: true });
const said = (page, words) => page.locator('main').getByText(words).first().waitFor();
const radio = (page, name) => page.getByRole('radio', { name: new RegExp(`^${name}`) });
/** What stands beside a name in the sums, which come again with each quote. */
const reads = (page, name, text) => page.locator('.facts > div').filter({ has: page.locator('dt', { hasText: name }) }).locator('dd', { hasText: text }).first().waitFor();
const buyNow = (goods) => `/checkout?sku=${goods.skus[0].id}&num=1&product=${goods.id}`;

const methods = async () => (await call('GET', '/admin/delivery_methods', { token: await adminToken() })).items;
const create = async (body) => call('POST', '/admin/delivery_methods', { token: await adminToken(), body });
const erase = async ({ id }) => call('DELETE', `/admin/delivery_methods/${id}`, { token: await adminToken() });
const eraseAll = async () => { for (const method of await methods()) await erase(method); };

// These journeys are about the shop's methods, so they begin without any; the others find those of the demo shop again.
let kept;
before(async () => { kept = await methods(); await eraseAll(); });
after(async () => { for (const { id, ...terms } of kept) await create(terms); });

/** A journey whose methods are gone afterwards, whatever became of it. */
const scene = (name, options, body) => journey(name, options, async (context) => { try { await body(context); } finally { await eraseAll(); } });

/** A page of a new customer at `path`. */
async function member(context, path, expects = []) {
  const who = await customer();
  await signIn(context, who.name);
  return { who, page: await open(context, path, { expects }) };
}

for (const size of [undefined, PHONE]) {
  journey(`an address has a postcode and a country, which its card shows and changes keep${size ? ', on a phone' : ''}`, size ? { size } : {}, async (context) => {
    const { who, page } = await member(context, '/addresses');
    await button(page, 'New address').click();
    const form = page.getByRole('dialog'), country = form.getByRole('combobox', { name: 'Country' });
    assert.equal(await country.inputValue(), 'US', 'where the shop is');
    await box(form, 'Name').fill('Erika Mustermann');
    await box(form, 'Phone').fill('+49 30 901820');
    await box(form, 'Address').fill('Chausseestraße 1\nBerlin');
    await box(form, 'Postcode').fill('10115');
    await country.selectOption({ label: 'Germany' });
    await button(form, 'Save').click();
    const card = page.locator('.addresses li', { hasText: 'Erika Mustermann' });
    await card.getByText('10115, Germany').waitFor();
    await sound(page);
    await card.getByRole('button', { name: 'Make default: Erika Mustermann' }).click();
    await card.getByText('default', { exact: true }).waitFor();
    const [first] = (await call('GET', '/address', { token: who.token })).items.filter((one) => one.is_default);
    assert.deepEqual([first.name, first.postcode, first.country], ['Erika Mustermann', '10115', 'DE']);
    // At home only the postcode is told.
    await card.getByRole('button', { name: 'Edit the address of Erika Mustermann' }).click();
    assert.deepEqual([await box(form, 'Postcode').inputValue(), await country.inputValue()], ['10115', 'DE']);
    await country.selectOption({ label: 'United States' });
    await box(form, 'Postcode').fill('62701');
    await button(form, 'Save').click();
    await card.getByText('62701', { exact: true }).waitFor();
  });
}

journey('countries are named in the language of the page', { language: 'ja' }, async (context) => {
  const { who, page } = await member(context, '/addresses');
  const { id } = await addressOf(who), body = { name: 'Ada', phone: '+44 20 7946 0000', address: '1 Way', country: 'GB', postcode: 'BS1 4DJ' };
  await call('PUT', `/address/${id}`, { token: who.token, body });
  await page.reload();
  await page.locator('.addresses').getByText('BS1 4DJ イギリス').waitFor();
});

for (const size of [undefined, PHONE]) {
  scene(`an admin makes two methods, the checkout asks which, and the order shows it and its price${size ? ', on a phone' : ''}`, size ? { size } : {}, async (context) => {
    const sea = unique('Sea mail'), courier = unique('Courier'), goods = await product();
    await signIn(context, 'admin', 'stampede-admin');
    const page = await open(context, '/admin/delivery');
    await said(page, 'No delivery methods yet');
    await button(page, 'New method').click();
    const form = page.getByRole('dialog');
    await button(form, 'Save').click();
    for (const words of ['A name is needed', 'An amount, or 0']) await form.getByText(words).waitFor();
    await box(form, 'Name').fill(sea);
    await box(form, 'Price').fill('5');
    await box(form, 'Free from').fill('much');
    await button(form, 'Save').click();
    await form.getByText('An amount, or nothing').waitFor();
    await box(form, 'Free from').fill('500');
    await form.getByRole('checkbox', { name: 'Only to some countries' }).check();
    await form.getByRole('combobox', { name: 'Country' }).selectOption({ label: 'Japan' });
    await button(form, 'Add').click();
    await sound(page);
    await button(form, 'Save').click();
    const row = page.getByRole('row', { name: new RegExp(sea) });
    await row.getByText('Japan and United States').filter({ visible: true }).waitFor();
    await button(page, 'New method').click();
    await box(form, 'Name').fill(courier);
    await box(form, 'Price').fill('12.50');
    await button(form, 'Save').click();
    await page.getByRole('row', { name: new RegExp(courier) }).getByText('$12.50').waitFor();
    assert.deepEqual((await methods()).map(({ name, price, free_from, countries, enabled }) => [name, price, free_from, countries, enabled]),
      [[sea, 500, 50_000, ['JP', 'US'], true], [courier, 1_250, null, null, true]]);
    await sound(page);

    const who = await customer();
    await signIn(context, who.name);
    await go(page, buyNow(goods));
    await said(page, 'free from $500');
    await reads(page, 'Delivery', 'not chosen yet');
    assert.ok(await button(page, 'Place the order').isDisabled());
    await said(page, 'Choose the delivery first.');
    await radio(page, courier).check();
    await reads(page, 'Total', '$141.50');
    await radio(page, sea).check();
    await reads(page, `Delivery: ${sea}`, '$5.00');
    await reads(page, 'Total', '$134.00');
    await page.reload();
    await ready(page);
    assert.ok(await radio(page, sea).isChecked(), 'the choice outlives a reload');
    await sound(page);
    await button(page, 'Place the order').click();
    await page.waitForURL(/\/checkout\?order=/);
    await reads(page, `Delivery: ${sea}`, '$5.00');
    await box(page, 'Payment PIN').fill(PIN);
    await button(page, 'Pay $134.00').click();
    await page.waitForURL(/\/order\//);
    await reads(page, `Delivery: ${sea}`, '$5.00');
    const [order] = await ordersOf(who);
    assert.deepEqual([order.total, order.totals.shipping, order.delivery.name, order.delivery.price], [13_400, 500, sea, 500]);
    // The next purchase asks anew, and the console tells what was chosen.
    await go(page, buyNow(goods));
    await said(page, 'Choose the delivery first.');
    await signIn(context, 'admin', 'stampede-admin');
    await go(page, `/admin/orders/${order.id}`);
    await page.getByRole('dialog').getByText(`${sea}, $5.00`).waitFor();
    await sound(page);
  });
}

scene('a method is changed, switched off and deleted; an order that has it keeps it', {}, async (context) => {
  const post = await create({ name: unique('Post'), price: 300 }), who = await customer(), goods = await product();
  const { id: address_id } = await addressOf(who);
  const order = await call('POST', '/order', { token: who.token, key: `keeps-${who.name}`, body: { address_id, product_id: goods.id, num: 1 } });
  await signIn(context, 'admin', 'stampede-admin');
  const page = await open(context, '/admin/delivery');
  await button(page, `Edit ${post.name}`).click();
  const form = page.getByRole('dialog'), name = unique('Parcel');
  await box(form, 'Name').fill(name);
  await box(form, 'Price').fill('0');
  await button(form, 'Save').click();
  await page.getByRole('row', { name: new RegExp(name) }).getByText('free', { exact: true }).waitFor();
  await button(page, `Switch off ${name}`).click();
  await said(page, 'All methods are switched off, so the shop takes no orders.');
  await button(page, `Switch on ${name}`).click();
  await button(page, `Switch off ${name}`).waitFor();
  await button(page, `Delete ${name}`).click();
  await button(form, 'Keep it').click();
  assert.deepEqual((await methods()).map(({ id, enabled, price }) => [id, enabled, price]), [[post.id, true, 0]]);
  await button(page, `Delete ${name}`).click();
  await button(form, 'Delete').click();
  await said(page, 'No delivery methods yet');
  await go(page, '/admin/audit');
  await said(page, 'Deleted a delivery method');
  await sound(page);
  await signIn(context, who.name);
  await go(page, `/order/${order.id}`);
  await reads(page, `Delivery: ${post.name}`, '$3.00');
  await reads(page, 'Total', '$132.00');
});

scene('a country that nobody serves: told, and another address goes by the one method that serves it', {}, async (context) => {
  const home = await create({ name: unique('Home post'), price: 400, countries: ['US'] }), goods = await product(), who = await customer();
  await call('POST', '/address', { token: who.token, body: { name: 'Far Friend', phone: '+81 3 0000 0000', address: '1-1 Chiyoda', postcode: '100-0001', country: 'JP', is_default: true } });
  await signIn(context, who.name);
  const page = await open(context, buyNow(goods));
  await said(page, 'The shop does not deliver to Japan.');
  await said(page, '100-0001, Japan');
  assert.ok(await button(page, 'Place the order').isDisabled());
  await sound(page);
  await page.getByRole('radio', { name: /^Ada Walker/ }).check();
  await reads(page, 'Total', '$133.00');
  assert.ok(await radio(page, home.name).isChecked(), 'the only one is chosen by itself');
  assert.equal(await page.getByText('The shop does not deliver to').count(), 0);
  await button(page, 'Place the order').click();
  await page.waitForURL(/\/checkout\?order=/);
  assert.equal((await ordersOf(who))[0].delivery.name, home.name);
});

scene('a method that goes between the choice and the press, and one that comes: refused in words, nothing ordered', {}, async (context) => {
  const first = await create({ name: unique('Going'), price: 100 }), second = await create({ name: unique('Staying'), price: 200 }), goods = await product();
  const { who, page } = await member(context, buyNow(goods), [422]);
  await radio(page, first.name).check();
  await reads(page, 'Total', '$130.00');
  await erase(first);
  await button(page, 'Place the order').click();
  await page.getByRole('alert').getByText('This delivery is not offered to the address. Nothing was ordered.').waitFor();
  assert.equal((await ordersOf(who)).length, 0);
  // What is left is the only one, so the shop takes it.
  await reads(page, 'Total', '$131.00');
  assert.ok(await radio(page, second.name).isChecked());

  await page.route('**/api/v1/order', (route) => route.fulfill({ status: 422, contentType: 'application/problem+json',
    body: JSON.stringify({ status: 422, code: 'delivery_method_required', errors: [{ field: 'delivery_method_id', code: 'delivery_method_required' }] }) }), { times: 1 });
  const third = await create({ name: unique('Coming'), price: 300 });
  await button(page, 'Place the order').click();
  await page.getByRole('alert').getByText('Choose how it is delivered. Nothing was ordered.').waitFor();
  await radio(page, third.name).check();
  await reads(page, 'Total', '$132.00');
  assert.equal(await page.getByRole('alert').count(), 0, 'a choice answers it');
  await button(page, 'Place the order').click();
  await page.waitForURL(/\/checkout\?order=/);
  const [order, ...more] = await ordersOf(who);
  assert.deepEqual([more.length, order.delivery.name, order.total], [0, third.name, 13_200]);
});

scene('a shop without methods asks nothing and charges nothing for delivery', {}, async (context) => {
  const goods = await product();
  const { who, page } = await member(context, buyNow(goods));
  await reads(page, 'Total', '$129.00');
  assert.equal(await page.getByText('How it is delivered').count(), 0);
  await button(page, 'Place the order').click();
  await page.waitForURL(/\/checkout\?order=/);
  const [order] = await ordersOf(who);
  assert.deepEqual([order.total, order.delivery ?? null], [12_900, null]);
});
