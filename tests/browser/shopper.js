/** What journeys of customers have in common: log-ins without the page, and what the shop says of them afterwards. */
import { adminToken, assert, call, delivery, PASSWORD, PIN } from './harness.js';

/** The opening credit of a new customer, in minor units. */
export const CREDIT = 1_000_000;

/** The visitor's browser is that user's, by a cookie log-in past the page. */
export async function signIn(context, name, password = PASSWORD) {
  const answer = await context.request.post('/api/v1/user/login', { data: { user_name: name, password, cookie: true } });
  assert.equal(answer.status(), 200, `log-in of ${name}`);
}

/** All orders of a customer, of one sale if it is given. */
export async function ordersOf({ token }, sale) {
  const { items } = await call('GET', '/orders?page_size=50', { token });
  return sale ? items.filter((order) => order.seckill_id === sale.id) : items;
}

export const orderOf = ({ token }, id) => call('GET', `/order/${id}`, { token });

/** What a customer has in the wallet. */
export const balanceOf = async ({ token }) => (await call('POST', '/money', { token, body: { key: PIN } })).balance;

export const addressOf = async ({ token }) => (await call('GET', '/address', { token })).items[0];

/** What the demo shop's first delivery method costs for goods below $100, in minor units. A claim in a flash sale gets that one. */
export const STANDARD = 490;

/** The checkout asks which of the demo shop's methods it is; Standard costs nothing for goods of $100 and more. */
export async function chooseDelivery(page) {
  await page.getByRole('radio', { name: /^Standard/ }).check();
  await page.locator('.facts dt', { hasText: 'Delivery: Standard' }).first().waitFor();
}

let placed = 0;

/** An order over the API, unpaid. */
export async function place(who, goods, num = 1) {
  const { id } = await addressOf(who);
  return call('POST', '/order', { token: who.token, key: `place-${who.name}-${placed++}`, body: { address_id: id, product_id: goods.id, num, delivery_method_id: await delivery() } });
}

export const pay = (who, order) => call('POST', '/paydown', { token: who.token, key: `pay-${order.id}`, body: { order_id: order.id, key: PIN } });

/** Moves the stock of goods by `delta`, as an admin. */
export async function moveStock(goods, delta) {
  await call('POST', `/sku/${goods.skus[0].id}/stock`, { token: await adminToken(), body: { delta, reason: 'a journey' } });
}

/** The requests of a page to `path` with `method`, counted from now on. */
export function requests(page, method, path) {
  const seen = [];
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (request.method() === method && (path instanceof RegExp ? path.test(url.pathname) : url.pathname === path)) seen.push(request);
  });
  return seen;
}

/**
 * Answers that never arrive: each request to `path` with `method` reaches the shop, and the page waits. `reached` ends
 * when the shop has answered the first; `release` lets later ones through.
 */
export async function lostAnswers(page, method, path) {
  let losing = true, told;
  const reached = new Promise((resolve) => { told = resolve; });
  await page.route(path, async (route) => {
    if (!losing || route.request().method() !== method) return route.fallback();
    await route.fetch();
    told();
    return undefined; // no answer: the page waits until it is reloaded
  });
  return { reached, release: () => { losing = false; } };
}

/** Waits until the shop finds `name` among its goods: lists may be a second old. */
export async function listed(name) {
  for (let tries = 0; tries < 100; tries += 1) {
    const { items } = await call('GET', `/products?q=${encodeURIComponent(name)}`);
    if (items.some((one) => one.name === name)) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`the shop does not find ${name}`);
}

/** A name that no other test has. */
export const unique = (words) => `${words} ${Date.now().toString(36)}${Math.floor(Math.random() * 1296).toString(36)}`;
