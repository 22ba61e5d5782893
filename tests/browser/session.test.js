/** Log-ins over several tabs: renewed once, ended elsewhere, heard of everywhere. */
import { assert, call, customer, go, journey, open, PASSWORD, PIN, product, ready } from './harness.js';
import { chooseDelivery, ordersOf, requests, signIn, unique } from './shopper.js';

const NEW = 'heather at midnight';
const button = (page, name) => page.getByRole('button', { name });
const account = (page, name) => page.getByRole('link', { name: `Account of ${name}` });
/** Until the shop no longer takes the token: a live one is dead within seconds. */
async function dead(token) {
  for (let tries = 0; tries < 200; tries += 1) {
    const alive = await call('GET', '/user', { token }).then(() => true, () => false);
    if (!alive) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('the token lives on');
}

/** Changes the password over the API, which ends every other log-in; waits until it has. */
async function endElsewhere(who) {
  const { access_token: witness } = await call('POST', '/user/login', { body: { user_name: who.name, password: PASSWORD } });
  await call('PUT', '/user/password', { token: who.token, body: { old: PASSWORD, new: NEW } });
  await dead(witness);
}

async function logInAgain(page, who) {
  await page.getByRole('textbox', { name: 'User name' }).fill(who.name);
  await page.getByRole('textbox', { name: 'Password' }).fill(NEW);
  await button(page, 'Log in').click();
  await page.waitForURL((url) => url.pathname !== '/login');
  await ready(page);
}

journey('two tabs whose token has lapsed at the same time renew it once', async (context) => {
  const who = await customer();
  await signIn(context, who.name);
  let renewals = 0, live;
  await context.route('**/api/v1/user/refresh', async (route) => {
    renewals += 1;
    const answer = await route.fetch();
    live = (await answer.json()).access_token;
    return route.fulfill({ response: answer });
  });
  const a = await open(context, '/orders', { expects: [401] }), b = await open(context, '/favorites', { expects: [401] });
  await Promise.all([account(a, who.name).waitFor(), account(b, who.name).waitFor()]);

  // The shop refuses the token of both at once: the one that the second tab asked for when it opened, and told the first.
  const lapsed = live;
  let refusals = 0, second;
  const both = new Promise((resolve) => { second = resolve; });
  const refuse = async (route) => {
    if (route.request().headers().authorization !== `Bearer ${lapsed}`) return route.fallback();
    refusals += 1;
    if (refusals === 2) second();
    await both; // so that both tabs want another token at the same time
    return route.fulfill({ status: 401, contentType: 'application/problem+json', body: JSON.stringify({ status: 401, code: 'unauthenticated' }) });
  };
  await context.route('**/api/v1/orders**', refuse);
  await context.route('**/api/v1/address**', refuse);
  const refused = [requests(a, 'GET', '/api/v1/address'), requests(b, 'GET', '/api/v1/orders')];
  const before = renewals;
  const follow = (page, href) => page.evaluate((to) => document.querySelector(`footer a[href="${to}"]`).click(), href);
  await Promise.all([follow(a, '/addresses'), follow(b, '/orders')]);
  await Promise.all([a.getByText('Ada Walker').first().waitFor(), b.getByText('No orders yet').waitFor()]);
  assert.equal(renewals - before, 1, 'renewals');
  assert.ok(refused.every((all) => all.length >= 2), 'both were refused, and asked again');
  await Promise.all([account(a, who.name).waitFor(), account(b, who.name).waitFor()]);
});

journey('a log-in that ended elsewhere in mid-checkout: what was chosen is there after the next one', async (context) => {
  const goods = await product({ name: unique('Steady Lamp') }), who = await customer();
  await call('POST', '/address', { token: who.token, body: { name: 'Second Home', phone: '+44 20 7946 0002', address: '2 Way' } });
  await signIn(context, who.name);
  const page = await open(context, `/checkout?sku=${goods.skus[0].id}&num=2&product=${goods.id}`, { expects: [401] });
  await page.getByRole('radio', { name: /Second Home/ }).check();
  await chooseDelivery(page);
  await endElsewhere(who);
  await button(page, 'Place the order').click();
  await page.getByText('Your log-in has ended. Nothing is lost.').waitFor();
  await page.getByRole('link', { name: 'Log in and go on here' }).click();
  await page.waitForURL(/\/login\?next=%2Fcheckout/);
  await logInAgain(page, who);
  assert.match(page.url(), new RegExp(`/checkout\\?sku=${goods.skus[0].id}&num=2`));
  assert.ok(await page.getByRole('radio', { name: /Second Home/ }).isChecked(), 'the address stays chosen');
  await page.getByRole('complementary').getByText('$258.00').first().waitFor();
  await button(page, 'Place the order').click();
  await page.waitForURL(/\/checkout\?order=/);
  const token = (await call('POST', '/user/login', { body: { user_name: who.name, password: NEW } })).access_token;
  const [order, ...more] = await ordersOf({ token });
  assert.deepEqual([more.length, order.total, order.lines[0].num], [0, 25_800, 2]);
  assert.equal((await call('GET', `/order/${order.id}`, { token })).address.name, 'Second Home');
});

journey('a log-in that ended before the PIN: the order waits, and is paid after the next one', async (context) => {
  const goods = await product(), who = await customer();
  await signIn(context, who.name);
  const page = await open(context, `/checkout?sku=${goods.skus[0].id}&num=1&product=${goods.id}`, { expects: [401] });
  await chooseDelivery(page);
  await button(page, 'Place the order').click();
  await page.waitForURL(/\/checkout\?order=/);
  await endElsewhere(who);
  await page.getByRole('textbox', { name: 'Payment PIN' }).fill(PIN);
  await button(page, /^Pay /).click();
  await page.getByRole('link', { name: 'Log in and go on here' }).click();
  await page.waitForURL(/\/login\?next=%2Fcheckout%3Forder/);
  await logInAgain(page, who);
  await page.getByRole('textbox', { name: 'Payment PIN' }).fill(PIN);
  await button(page, /^Pay /).click();
  await page.waitForURL(/\/order\//);
  await page.getByRole('heading', { level: 1, name: 'Being packed' }).waitFor();
});

journey('logging out and in is heard in the other tab', async (context) => {
  const who = await customer();
  await signIn(context, who.name);
  const here = await open(context, '/account'), there = await open(context, '/c');
  await account(there, who.name).waitFor();
  await button(here, 'Log out').click();
  await here.waitForURL((url) => url.pathname === '/');
  await there.getByRole('banner').getByRole('link', { name: 'Log in' }).waitFor();
  assert.equal(await account(there, who.name).count(), 0);

  await go(here, '/login');
  await here.getByRole('textbox', { name: 'User name' }).fill(who.name);
  await here.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
  await button(here, 'Log in').click();
  await account(there, who.name).waitFor();
});
