/** Buying: from the search to the parcel, and everything that can come between. */
import { adminToken, assert, call, customer, go, journey, open, PASSWORD, PHONE, PIN, product, ready, sound } from './harness.js';
import { addressOf, balanceOf, chooseDelivery, CREDIT, listed, lostAnswers, moveStock, orderOf, ordersOf, pay, place, requests, signIn, unique } from './shopper.js';

const button = (page, name) => page.getByRole('button', { name });
const said = (page, words) => page.locator('main').getByText(words).first().waitFor();
const heading = (page, name) => page.getByRole('heading', { level: 1, name }).waitFor();
const pinField = (page) => page.getByRole('textbox', { name: 'Payment PIN' });
const orderId = (page) => new URL(page.url()).searchParams.get('order') ?? page.url().split('/').pop();
const buyNow = (goods, num = 1) => `/checkout?sku=${goods.skus[0].id}&num=${num}&product=${goods.id}`;
/** What the demo's promotion takes off orders of this size, by itself. */
const LARGE_OFF = 2_000;
const step2 = (page) => page.waitForURL(/\/checkout\?order=/);
const paidPage = async (page) => { await page.waitForURL(/\/order\//); await heading(page, 'Being packed'); };

/** A page of a new customer at `path`. */
async function member(context, path, expects = []) {
  const who = await customer();
  await signIn(context, who.name);
  return { who, page: await open(context, path, { expects }) };
}

for (const size of [undefined, PHONE]) {
  journey(`a newcomer finds, joins, buys and sees the order${size ? ', on a phone' : ''}`, size ? { size } : {}, async (context) => {
    const name = unique('Newcomer Lamp'), user = `new${Date.now().toString(36)}`;
    await product({ name });
    await listed(name);
    const page = await open(context, '/');
    if (size) await page.getByRole('link', { name: 'Search', exact: true }).click();
    const search = page.getByRole('searchbox', { name: 'Search' });
    await search.fill(name);
    await search.press('Enter');
    await page.waitForURL(/\/search\?q=/);
    await page.getByRole('main').getByRole('link', { name }).first().click();
    await heading(page, name);
    await button(page, 'Add to bag').first().click();
    await page.locator('.toast').getByText('In your bag').waitFor();
    await page.getByRole('link', { name: 'Bag, 1 thing' }).filter({ visible: true }).click();
    await page.getByRole('link', { name: 'Check out' }).click();
    await page.waitForURL(/\/login\?next=%2Fcheckout$/);
    await page.getByRole('link', { name: 'Make an account' }).click();
    await page.waitForURL(/\/register/);
    await page.getByRole('textbox', { name: 'User name' }).fill(user);
    await page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
    await pinField(page).fill(PIN);
    await button(page, 'Make an account').click();
    await page.waitForURL(/\/checkout$/);
    assert.ok(await button(page, 'Place the order').isDisabled(), 'not without an address');
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Ada Walker');
    await page.getByRole('textbox', { name: 'Phone' }).fill('+44 20 7946 0000');
    await page.getByRole('textbox', { name: 'Address', exact: true }).fill('12 Harbour Street\nBristol');
    await button(page, 'Save').click();
    await chooseDelivery(page);
    await button(page, 'Place the order').click();
    await step2(page);
    await pinField(page).fill(PIN);
    await button(page, 'Pay $129.00').click();
    await paidPage(page);
    await said(page, '12 Harbour Street');
    const id = orderId(page);
    await page.getByRole('link', { name: 'Orders' }).first().click();
    await page.waitForURL(/\/orders/);
    await said(page, 'being packed');
    await page.locator(`main a[href="/order/${id}"]`).first().waitFor();
    await page.getByRole('link', { name: 'Bag, empty' }).filter({ visible: true }).waitFor();
  });
}

journey('buy now: the quantity goes along; Back after paying neither pays nor shows a paid checkout', async (context) => {
  const goods = await product();
  const { who, page } = await member(context, `/p/${goods.id}`);
  const payments = requests(page, 'POST', '/api/v1/paydown');
  const quantity = page.getByRole('spinbutton', { name: 'Quantity' });
  await quantity.fill('2');
  await quantity.press('Enter');
  await button(page, 'Buy now').click();
  await chooseDelivery(page);
  await button(page, 'Place the order').click();
  await step2(page);
  const checkout = page.url();
  await pinField(page).fill(PIN);
  await pinField(page).press('Enter');
  await paidPage(page);
  const id = orderId(page);
  await page.goBack();
  await page.waitForURL(new RegExp(`/p/${goods.id}$`));
  await heading(page, goods.name);
  await page.goForward();
  await paidPage(page);
  await go(page, checkout);
  await page.waitForURL(new RegExp(`/order/${id}$`));
  await heading(page, 'Being packed');
  await page.reload();
  await heading(page, 'Being packed');
  assert.equal(payments.length, 1);
  assert.equal((await ordersOf(who)).length, 1);
  assert.equal(await balanceOf(who), CREDIT - 2 * 12_900);
  assert.equal((await call('GET', `/product/${goods.id}`)).skus[0].num, 18);
});

journey('a double click and a reload while placing and paying give one order and one payment', async (context) => {
  const goods = await product();
  const { who, page } = await member(context, buyNow(goods));
  const placing = requests(page, 'POST', '/api/v1/order'), paying = requests(page, 'POST', '/api/v1/paydown');
  const first = await lostAnswers(page, 'POST', '**/api/v1/order');
  await chooseDelivery(page);
  await button(page, 'Place the order').dblclick();
  await first.reached;
  assert.equal(placing.length, 1, 'a double click sends once');
  first.release();
  await page.reload();
  await ready(page);
  await button(page, 'Place the order').click();
  await step2(page);
  assert.equal(placing.length, 2);
  assert.equal(placing[0].headers()['idempotency-key'], placing[1].headers()['idempotency-key']);
  assert.equal((await ordersOf(who)).length, 1);

  const second = await lostAnswers(page, 'POST', '**/api/v1/paydown');
  await pinField(page).fill(PIN);
  await button(page, /^Pay /).dblclick();
  await second.reached;
  assert.equal(paying.length, 1, 'a double click pays once');
  second.release();
  await page.reload();
  await paidPage(page);
  assert.equal((await ordersOf(who)).length, 1);
  assert.equal(await balanceOf(who), CREDIT - 12_900);
});

journey('an answer to a payment that is lost is asked for again, and nothing is paid twice', async (context) => {
  const goods = await product();
  const who = await customer(), order = await place(who, goods);
  await signIn(context, who.name);
  const page = await open(context, `/checkout?order=${order.id}`, { expects: ['net::ERR_CONNECTION_RESET'] });
  let lost = 0;
  await page.route('**/api/v1/paydown', async (route) => {
    if (lost++) return route.fallback();
    await route.fetch();
    return route.abort('connectionreset');
  });
  await pinField(page).fill(PIN);
  await button(page, /^Pay /).click();
  await paidPage(page);
  assert.equal(await balanceOf(who), CREDIT - 12_900);
});

journey('a price that changes in mid-checkout is told, and paid only when the order is placed anew', async (context) => {
  const goods = await product(), token = await adminToken();
  const who = await customer();
  await call('PUT', `/cart/${goods.skus[0].id}`, { token: who.token, body: { num: 1 } });
  await signIn(context, who.name);
  const page = await open(context, '/checkout', { expects: [409] });
  await page.getByRole('complementary').getByText('$129.00').first().waitFor();
  await chooseDelivery(page);
  await call('PUT', `/product/${goods.id}`, { token, body: { price: 13_900 } });
  await button(page, 'Place the order').click();
  await said(page, 'went from $129.00 to $139.00. Nothing was ordered yet.');
  assert.equal((await ordersOf(who)).length, 0);
  await page.getByRole('complementary').getByText('$139.00').first().waitFor();
  await button(page, 'Place the order').click();
  await step2(page);
  await button(page, 'Pay $139.00').waitFor();
  assert.equal((await ordersOf(who))[0].total, 13_900);
});

journey('sold out, or almost, in mid-checkout: told, with what can be done', async (context) => {
  const gone = await product({ name: unique('Vanishing Lamp') }), few = await product({ name: unique('Scarce Lamp') });
  const { who, page } = await member(context, buyNow(gone), [409]);
  await chooseDelivery(page);
  await moveStock(gone, -20);
  await button(page, 'Place the order').click();
  await said(page, `${gone.name} is sold out.`);
  await said(page, 'Nothing was ordered.');
  assert.ok(await button(page, 'Place the order').isDisabled());
  assert.equal((await ordersOf(who)).length, 0);
  await sound(page);

  await go(page, buyNow(few, 5));
  await moveStock(few, -18);
  await button(page, 'Place the order').click();
  await button(page, 'Take the 2 that are left').click();
  await page.waitForURL(/num=2/);
  await button(page, 'Place the order').click();
  await step2(page);
  assert.equal((await ordersOf(who))[0].lines[0].num, 2);
});

journey('a wallet that is too short says by how much; topped up, it pays the same order', async (context) => {
  const goods = await product({ price: CREDIT + LARGE_OFF + 1 });
  const { who, page } = await member(context, buyNow(goods), [402]);
  await chooseDelivery(page);
  await button(page, 'Place the order').click();
  await step2(page);
  await pinField(page).fill(PIN);
  await button(page, /^Pay /).click();
  await said(page, 'Your wallet is $0.01 short.');
  await said(page, 'Nothing was paid');
  assert.equal(await balanceOf(who), CREDIT);
  const { id } = await call('GET', '/user', { token: who.token });
  await call('POST', `/admin/user/${id}/top_up`, { token: await adminToken(), key: `top-${who.name}`, body: { amount: 100, reason: 'a journey' } });
  await button(page, 'I have topped up, look again').click();
  await button(page, /^Pay /).click();
  await paidPage(page);
  assert.equal(await balanceOf(who), 99);
  assert.equal((await ordersOf(who)).length, 1);
});

journey('when the time to pay is over the page says so, and there is nothing left to press', async (context) => {
  const goods = await product();
  const who = await customer(), order = await place(who, goods);
  await signIn(context, who.name);
  const page = await open(context, `/checkout?order=${order.id}`, { before: ({ clock }) => clock.install() });
  const left = await page.getByRole('timer', { name: 'Time to pay' }).innerText();
  assert.match(left, /^1[45]:\d\d$/);
  await page.clock.fastForward('16:00');
  await said(page, 'The time to pay is over, and the stock went back.');
  assert.equal(await button(page, /^Pay /).count(), 0);
  await page.getByRole('link', { name: 'See the order' }).waitFor();
});

journey('an order that lapsed at the shop says so to the press', async (context) => {
  const goods = await product();
  const who = await customer(), order = await place(who, goods);
  await signIn(context, who.name);
  const page = await open(context, `/checkout?order=${order.id}`, { expects: [409] });
  await page.route('**/api/v1/paydown', (route) => route.fulfill({ status: 409, contentType: 'application/problem+json',
    body: JSON.stringify({ status: 409, code: 'order_expired', title: 'Order expired' }) }));
  await pinField(page).fill(PIN);
  await button(page, /^Pay /).click();
  await said(page, 'The time to pay is over, and the stock went back.');
  assert.equal((await orderOf(who, order.id)).status, 'unpaid', 'nothing was paid');
});

journey('an order is cancelled after one question, its stock goes back, and it can be bought again', async (context) => {
  const goods = await product();
  const who = await customer(), order = await place(who, goods, 3);
  await signIn(context, who.name);
  const page = await open(context, `/order/${order.id}`);
  await button(page, 'Cancel the order').click();
  const dialog = page.getByRole('dialog', { name: 'Cancel this order?' });
  await dialog.getByRole('button', { name: 'Keep it' }).click();
  assert.equal((await orderOf(who, order.id)).status, 'unpaid');
  await button(page, 'Cancel the order').click();
  await dialog.getByRole('button', { name: 'Cancel the order' }).click();
  await heading(page, 'Cancelled');
  await said(page, 'You cancelled it, nothing owed.');
  assert.equal((await orderOf(who, order.id)).status, 'cancelled');
  await button(page, 'Buy again').click();
  await page.locator('.toast').getByText('In your bag').waitFor();
  const { items } = await call('GET', '/cart', { token: who.token });
  assert.deepEqual(items.map((item) => [item.product.id, item.num, item.sku.num]), [[goods.id, 3, 20]]);
});

journey('a parcel on its way is received with one press, and bought again', async (context) => {
  const goods = await product();
  const who = await customer(), order = await place(who, goods);
  await pay(who, order);
  await call('POST', `/admin/order/${order.id}/ship`, { token: await adminToken(), body: { tracking: 'JRN-1' } });
  await signIn(context, who.name);
  const page = await open(context, `/order/${order.id}`);
  await heading(page, 'On its way');
  await said(page, 'Parcel JRN-1');
  await button(page, 'It has arrived').click();
  await heading(page, 'It is with you');
  assert.equal((await orderOf(who, order.id)).status, 'completed');
  await button(page, 'Buy again').click();
  await page.getByRole('link', { name: 'See the bag' }).click();
  await page.waitForURL(/\/cart$/);
  await said(page, goods.name);
  assert.ok((await addressOf(who)).id);
});
