/** Promotions: a code from the bag to the order, what is said when it cannot be used, and the console that makes them. */
import { adminToken, assert, call, customer, delivery, go, journey, open, PHONE, PIN, product, ready, sound } from './harness.js';
import { chooseDelivery, lostAnswers, ordersOf, place, requests, signIn, unique } from './shopper.js';

const button = (page, name) => page.getByRole('button', { name, exact: true });
const said = (page, words) => page.locator('main').getByText(words).first().waitFor();
const sums = (page) => page.getByRole('complementary', { name: /Summary|Your order/ });
/** What stands beside a name in the sums. */
const sum = (page, name) => sums(page).locator('.facts > div').filter({ has: page.locator('dt', { hasText: name }) }).locator('dd');
const reads = async (page, name, text) => { await sum(page, name).filter({ hasText: text }).waitFor(); };

let made = 0;
/** A promotion of ten per cent with a code of its own. */
async function promotion(more = {}) {
  const code = `J${Date.now().toString(36)}${made++}`.toUpperCase();
  return call('POST', '/admin/promotions', { token: await adminToken(), body: { name: `Ten off ${code}`, code, kind: 'percent', value: 1_000, combinable: true, ...more } });
}

const change = async ({ id }, body) => call('PUT', `/admin/promotions/${id}`, { token: await adminToken(), body });

/** A page at `path` of a customer with one thing in the bag. */
async function withBag(context, path, { expects = [], num = 1, goods = undefined } = {}) {
  const who = await customer(), thing = goods ?? await product();
  await call('PUT', `/cart/${thing.skus[0].id}`, { token: who.token, body: { num } });
  await signIn(context, who.name);
  return { who, goods: thing, page: await open(context, path, { expects }) };
}

async function apply(page, code) {
  await page.getByRole('textbox', { name: 'Have a code?' }).fill(code);
  await button(page, 'Apply').click();
}

for (const size of [undefined, PHONE]) {
  journey(`a code from the bag to the order${size ? ', on a phone' : ''}`, size ? { size } : {}, async (context) => {
    const offer = await promotion(), taxed = await product();
    await call('PUT', `/product/${taxed.id}`, { token: await adminToken(), body: { tax_rate_bp: 1_000 } });
    const { who, page } = await withBag(context, '/cart', { num: 2, goods: taxed });
    await reads(page, 'Total', '$258.00');
    await apply(page, offer.code.toLowerCase());
    await reads(page, 'Discount', '−$25.80');
    await reads(page, 'Total', '$232.20');
    await reads(page, 'Tax included', '$21.11');
    await sums(page).getByText(`${offer.name} (${offer.code})`).waitFor();
    await said(page, '$25.80 off');
    await page.reload();
    await ready(page);
    await reads(page, 'Total', '$232.20');
    await page.getByRole('link', { name: 'Check out' }).click();
    await page.waitForURL(/\/checkout$/);
    await reads(page, 'Total', '$232.20');
    await chooseDelivery(page);
    await button(page, 'Place the order').click();
    await page.waitForURL(/\/checkout\?order=/);
    await reads(page, 'Discount', '−$25.80');
    await page.getByRole('textbox', { name: 'Payment PIN' }).fill(PIN);
    await button(page, 'Pay $232.20').click();
    await page.waitForURL(/\/order\//);
    await said(page, `${offer.name} (${offer.code})`);
    await said(page, '−$25.80');
    await said(page, '$232.20');
    await said(page, 'Tax included');
    const [order] = await ordersOf(who);
    assert.deepEqual([order.total, order.totals.discount, order.promotions[0].code], [23_220, 2_580, offer.code]);
    // The next purchase begins without it.
    const other = await product();
    await go(page, `/checkout?sku=${other.skus[0].id}&num=1&product=${other.id}`);
    await reads(page, 'Total', '$129.00');
    assert.equal(await page.getByRole('button', { name: /^Remove code/ }).count(), 0);
  });
}

journey('codes that cannot be used say why, and are taken away again', async (context) => {
  const other = await product(), hour = 3_600_000, at = (ms) => new Date(Date.now() + ms).toISOString();
  const used = await promotion({ usage_limit: 1 }), mine = await promotion({ per_user_limit: 1 });
  const rivals = [await promotion(), await promotion({ combinable: false, value: 500 })];
  const { who, page } = await withBag(context, '/cart');
  const somebody = await customer();
  for (const [buyer, offer] of [[somebody, used], [who, mine]]) {
    const { items: [address] } = await call('GET', '/address', { token: buyer.token });
    await call('POST', '/order', { token: buyer.token, key: `uses-${offer.code}`, body: { address_id: address.id, product_id: other.id, num: 1, delivery_method_id: await delivery(), codes: [offer.code] } });
  }
  const cases = [
    ['NOSUCHCODE', 'There is no such code.'], [used.code, 'This code is used up.'], [mine.code, 'as often as one buyer may'],
    [(await promotion({ enabled: false })).code, 'switched this code off'], [(await promotion({ starts_at: at(hour) })).code, 'cannot be used yet'],
    [(await promotion({ starts_at: at(-2 * hour), ends_at: at(-hour) })).code, 'The time of this code is over.'],
    [(await promotion({ min_items: 12_901 })).code, 'cost too little for this code'], [(await promotion({ product_ids: [other.id] })).code, 'takes nothing off these things'],
  ];
  for (const [code, words] of cases) {
    await apply(page, code);
    await said(page, words);
    await reads(page, 'Total', '$129.00');
    await button(page, `Remove code ${code}`).click();
    await page.getByRole('textbox', { name: 'Have a code?' }).and(page.locator(':focus')).waitFor();
  }
  for (const { code } of rivals) await apply(page, code);
  await said(page, 'It does not go with what else applies');
  await reads(page, 'Total', '$116.10');
  await sound(page);

  // What cannot be a code, or is one too many, is not even asked for.
  await apply(page, ' ');
  await said(page, 'Type a code first.');
  await apply(page, rivals[0].code.toLowerCase());
  await said(page, 'This code is in the list already.');
  for (const code of ['ONE', 'TWO', 'THREE']) await apply(page, code);
  await apply(page, 'FOUR');
  await said(page, 'An order takes five codes at most.');
  // An order is placed with what is used of them.
  await go(page, '/checkout');
  await reads(page, 'Total', '$116.10');
  await chooseDelivery(page);
  await button(page, 'Place the order').click();
  await page.waitForURL(/\/checkout\?order=/);
  assert.equal((await ordersOf(who))[0].total, 11_610);
});

journey('a code that is used up between quote and order: told, nothing ordered, and the order is placed without it', async (context) => {
  const offer = await promotion({ usage_limit: 1 });
  const { who, goods, page } = await withBag(context, '/checkout', { expects: [409] });
  await apply(page, offer.code);
  await reads(page, 'Total', '$116.10');
  await chooseDelivery(page);
  const rival = await customer(), { items: [address] } = await call('GET', '/address', { token: rival.token });
  await call('POST', '/order', { token: rival.token, key: `rival-${rival.name}`, body: { address_id: address.id, product_id: goods.id, num: 1, delivery_method_id: await delivery(), codes: [offer.code] } });
  await button(page, 'Place the order').click();
  await page.getByRole('alert').getByText('A code can no longer be used.').waitFor();
  await page.getByRole('alert').getByText('This code is used up.').waitFor();
  await reads(page, 'Total', '$129.00');
  assert.equal((await ordersOf(who)).length, 0);
  assert.equal((await call('GET', '/cart', { token: who.token })).items.length, 1, 'the bag is as it was');
  await button(page, 'Place the order').click();
  await page.waitForURL(/\/checkout\?order=/);
  assert.equal((await ordersOf(who))[0].total, 12_900);
});

journey('a promotion that applies by itself and ends before the press: the new total is told before it is paid', async (context) => {
  const goods = await product(), offer = await promotion({ code: undefined, product_ids: [goods.id] });
  const { who, page } = await withBag(context, '/checkout', { goods, expects: [409] });
  await reads(page, 'Total', '$116.10');
  await sums(page).getByText(offer.name).waitFor();
  await chooseDelivery(page);
  await change(offer, { enabled: false });
  await button(page, 'Place the order').click();
  await said(page, 'It went from $116.10 to $129.00. Nothing was ordered yet.');
  assert.equal((await ordersOf(who)).length, 0);
  await button(page, 'Place the order').click();
  await page.waitForURL(/\/checkout\?order=/);
  await button(page, 'Pay $129.00').waitFor();
});

journey('an order with a code of one use whose answer is lost is the same order after a reload', async (context) => {
  const goods = await product(), offer = await promotion({ per_user_limit: 1 }), who = await customer();
  await signIn(context, who.name);
  const page = await open(context, `/checkout?sku=${goods.skus[0].id}&num=1&product=${goods.id}`);
  const placing = requests(page, 'POST', '/api/v1/order');
  await apply(page, offer.code);
  await reads(page, 'Total', '$116.10');
  const first = await lostAnswers(page, 'POST', '**/api/v1/order');
  await chooseDelivery(page);
  await button(page, 'Place the order').click();
  await first.reached;
  first.release();
  await page.reload();
  await ready(page);
  await said(page, 'as often as one buyer may');
  await button(page, 'Place the order').click();
  await button(page, 'Pay $116.10').waitFor();
  assert.equal(placing[0].headers()['idempotency-key'], placing[1].headers()['idempotency-key']);
  assert.deepEqual((await ordersOf(who)).map(({ total }) => total), [11_610]);
});

journey('a shop that does not say what it costs: no sum is made up, and it is asked again', async (context) => {
  const goods = await product(), who = await customer();
  await call('PUT', `/cart/${goods.skus[0].id}`, { token: who.token, body: { num: 1 } });
  await signIn(context, who.name);
  let broken = true;
  const page = await open(context, '/checkout', { expects: [500], before: (blank) => blank.route('**/api/v1/quote', (route) => (broken
    ? route.fulfill({ status: 500, contentType: 'application/problem+json', body: JSON.stringify({ status: 500, code: 'internal' }) }) : route.fallback())) });
  await said(page, 'The shop did not say what this costs.');
  assert.ok(await button(page, 'Place the order').isDisabled());
  assert.equal(await sums(page).locator('.facts').count(), 0);
  broken = false;
  await button(page, 'Try again').click();
  await reads(page, 'Total', '$129.00');
  await chooseDelivery(page);
  await button(page, 'Place the order').click();
  await page.waitForURL(/\/checkout\?order=/);
});
