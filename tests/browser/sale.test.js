/** The flash sale: two browsers on the last unit, clocks that are wrong, answers that do not come. */
import { adminToken, assert, call, customer, go, journey, open, PASSWORD, PIN, sale, sound, visitor } from './harness.js';
import { balanceOf, CREDIT, lostAnswers, ordersOf, pay, requests, signIn, STANDARD } from './shopper.js';

const claimOne = (page) => page.getByRole('button', { name: 'Claim one', exact: true });
const desk = (page) => page.getByRole('region', { name: 'Flash sale' });
const said = (page, words) => desk(page).getByText(words).first().waitFor();
const payLink = (page) => desk(page).getByRole('link', { name: /^Pay / });
/** Waits until the desk is in one of `states`, and says in which. */
async function until(page, ...states) {
  await page.waitForFunction((all) => all.includes(document.querySelector('.desk')?.dataset.state), states, { timeout: 30_000 });
  return desk(page).getAttribute('data-state');
}

/** A page of a new customer on the sale. */
async function member(context, event, expects = []) {
  const who = await customer();
  await signIn(context, who.name);
  return { who, page: await open(context, `/sale/${event.id}`, { expects }) };
}

/** What the shop has in its books of a sale: every unit is left or in one order. */
async function books(event, buyers, expected) {
  const orders = (await Promise.all(buyers.map((who) => ordersOf(who, event)))).flat();
  const now = await call('GET', `/seckill/${event.id}`);
  assert.equal(orders.length, expected, 'orders in the sale');
  assert.equal(now.stock_left, event.stock_total - expected, 'units left');
  return orders;
}

journey('two browsers on the last unit: one winner, one honest loser, one order', async (context) => {
  const event = await sale({ units: 1 });
  const elsewhere = await visitor();
  try {
    const [a, b] = await Promise.all([member(context, event, [410]), member(elsewhere, event, [410])]);
    await Promise.all([until(a.page, 'live'), until(b.page, 'live')]);
    await Promise.all([claimOne(a.page).click(), claimOne(b.page).click()]);
    const ends = await Promise.all([until(a.page, 'won', 'sold_out'), until(b.page, 'won', 'sold_out')]);
    assert.deepEqual([...ends].sort(), ['sold_out', 'won']);
    const [winner, loser] = ends[0] === 'won' ? [a, b] : [b, a];
    await said(winner.page, 'It’s yours');
    await said(loser.page, 'The only one went to someone else');
    await said(loser.page, 'Nothing was charged.');
    const [order] = await books(event, [a.who, b.who], 1);
    assert.equal(order.total, event.price + STANDARD);
    assert.equal((await ordersOf(loser.who)).length, 0);
    assert.equal(await balanceOf(loser.who), CREDIT);

    // What is given back can be had by who waits for it.
    await loser.page.getByRole('button', { name: 'Tell me if one returns' }).click();
    await call('DELETE', `/order/${order.id}`, { token: winner.who.token });
    await until(loser.page, 'live');
    await claimOne(loser.page).click();
    await until(loser.page, 'won');
    assert.equal((await ordersOf(loser.who, event)).length, 1);
    await sound(b.page);
  } finally {
    await elsewhere.close();
  }
});

journey('claimed, paid, in the orders; Back shows that one is there already', async (context) => {
  const event = await sale({ units: 2 });
  const { who, page } = await member(context, event);
  await claimOne(page).click();
  await until(page, 'won');
  await payLink(page).click();
  await page.waitForURL(/\/checkout\?order=/);
  await page.getByRole('textbox', { name: 'Payment PIN' }).fill(PIN);
  await page.getByRole('button', { name: 'Pay $53.90' }).click();
  await page.waitForURL(/\/order\//);
  await page.getByRole('heading', { level: 1, name: 'Being packed' }).waitFor();
  await page.locator('main').getByText('Flash sale').first().waitFor();
  await page.goBack();
  await page.waitForURL(new RegExp(`/sale/${event.id}$`));
  await until(page, 'already_bought');
  await desk(page).getByRole('link', { name: 'See the order' }).first().waitFor();
  assert.equal(await claimOne(page).count(), 0);
  await books(event, [who], 1);
  assert.equal(await balanceOf(who), CREDIT - event.price - STANDARD);
});

for (const minutes of [-5, 5]) {
  journey(`a clock that is ${Math.abs(minutes)} minutes ${minutes < 0 ? 'slow' : 'fast'}: the desk goes by the shop's`, async (context) => {
    const event = await sale({ units: 2, startsIn: 15_000 }), starts = Date.parse(event.starts_at);
    const who = await customer();
    await signIn(context, who.name);
    const page = await open(context, `/sale/${event.id}`, { before: ({ clock }) => clock.install({ time: Date.now() + minutes * 60_000 }) });
    assert.equal(await until(page, 'warming'), 'warming');
    assert.ok(await page.getByRole('button', { name: /^Opens at / }).isDisabled());
    // Days, hours, minutes, seconds as the countdown shows them.
    const shown = (await desk(page).getByRole('timer').first().innerText()).match(/\d+/g).map(Number);
    const left = starts - Date.now(), seconds = shown.at(-1) + 60 * shown.at(-2);
    assert.ok(Math.abs(seconds * 1000 - left) < 3000, `${seconds} s are shown, ${left} ms are left`);
    await until(page, 'live');
    assert.ok(Date.now() >= starts - 100, `it opened ${starts - Date.now()} ms too early`);
    await claimOne(page).click();
    await until(page, 'won');
    await books(event, [who], 1);
  });
}

journey('a double click and a reload while claiming ask for the same unit', async (context) => {
  const event = await sale({ units: 3, limit: 2 });
  const { who, page } = await member(context, event);
  const asked = requests(page, 'POST', `/api/v1/seckill/${event.id}`);
  const lost = await lostAnswers(page, 'POST', `**/api/v1/seckill/${event.id}`);
  await claimOne(page).dblclick();
  await lost.reached;
  await until(page, 'submitting');
  assert.equal(asked.length, 1, 'a double click asks once');
  lost.release();
  await page.reload();
  await until(page, 'won');
  assert.ok(asked.length >= 2, 'the press is taken up after a reload');
  assert.equal(new Set(asked.map((request) => request.headers()['idempotency-key'])).size, 1);
  await books(event, [who], 1);
  await page.reload();
  await until(page, 'won');
  await desk(page).getByRole('button', { name: 'Claim again' }).click();
  await desk(page).getByRole('button', { name: 'Claim again' }).waitFor({ state: 'detached' });
  await until(page, 'won');
  await books(event, [who], 2);
});

journey('a stranger logs in and is back at the sale, where nothing is claimed before the press', async (context) => {
  const event = await sale({ units: 2 }), who = await customer();
  const page = await open(context, `/sale/${event.id}`);
  await until(page, 'need_login');
  assert.equal(await claimOne(page).count(), 0);
  await desk(page).getByRole('link', { name: 'Log in' }).first().click();
  await page.waitForURL(/\/login\?next=/);
  await page.getByText('You were about to claim').waitFor();
  await page.getByRole('textbox', { name: 'User name' }).fill(who.name);
  await page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.waitForURL(new RegExp(`/sale/${event.id}$`));
  await until(page, 'live');
  await books(event, [who], 0);
  await claimOne(page).click();
  await until(page, 'won');
  await books(event, [who], 1);
});

journey('sold out: who only looks sees it by itself, and when units may come back', async (context) => {
  const event = await sale({ units: 1 }), first = await customer();
  const { page } = await member(context, event);
  await until(page, 'live');
  await call('POST', `/seckill/${event.id}`, { token: first.token, body: {} });
  await until(page, 'sold_out');
  await said(page, 'The only one is spoken for');
  await said(page, 'may come back here until');
  assert.equal(await claimOne(page).count(), 0);
});

journey('the limit: who claimed and paid elsewhere is led to that order', async (context) => {
  const event = await sale({ units: 3 });
  const { who, page } = await member(context, event, [409]);
  await until(page, 'live');
  await call('POST', `/seckill/${event.id}`, { token: who.token, body: {} });
  const [order] = await books(event, [who], 1);
  await pay(who, order);
  await claimOne(page).click();
  await until(page, 'already_bought');
  await said(page, 'You have yours');
  await desk(page).getByRole('link', { name: 'See the order' }).first().click();
  await page.waitForURL(new RegExp(`/order/${order.id}$`));
  await books(event, [who], 1);
});

journey('paused and resumed while the page is open', async (context) => {
  const event = await sale({ units: 3 }), token = await adminToken();
  const { page } = await member(context, event);
  await until(page, 'live');
  await call('POST', `/admin/seckill/${event.id}/pause`, { token, body: {} });
  await until(page, 'paused');
  await said(page, 'Nobody can claim right now');
  assert.ok(await desk(page).getByRole('button', { name: 'Paused' }).isDisabled());
  await call('POST', `/admin/seckill/${event.id}/resume`, { token, body: {} });
  await until(page, 'live');
  await claimOne(page).click();
  await until(page, 'won');
});

journey('too many requests: the pause runs down, and the button is back by itself', async (context) => {
  const event = await sale({ units: 3 });
  const { who, page } = await member(context, event, [429]);
  const asked = requests(page, 'POST', `/api/v1/seckill/${event.id}`);
  await page.route(`**/api/v1/seckill/${event.id}`, (route) => (route.request().method() === 'POST' && asked.length === 1
    ? route.fulfill({ status: 429, headers: { 'Retry-After': '3' }, contentType: 'application/problem+json', body: JSON.stringify({ status: 429, code: 'too_many_requests' }) })
    : route.fallback()));
  await claimOne(page).click();
  await until(page, 'throttled');
  await said(page, 'The button is back in');
  assert.ok(await desk(page).getByRole('button', { name: /^Claim one in [123]$/ }).isDisabled());
  await until(page, 'live');
  assert.equal(asked.length, 1, 'nothing is asked in the pause');
  await claimOne(page).click();
  await until(page, 'won');
  await books(event, [who], 1);
});

journey('the shop is gone in the middle of a claim and comes back: the same unit, once', async (context) => {
  const event = await sale({ units: 3 });
  const { who, page } = await member(context, event, ['net::ERR_CONNECTION_REFUSED']);
  await until(page, 'live');
  const asked = requests(page, 'POST', `/api/v1/seckill/${event.id}`);
  let gone = true;
  await page.route('**/api/v1/**', (route) => (gone ? route.abort('connectionrefused') : route.fallback()));
  await claimOne(page).click();
  await until(page, 'offline');
  await said(page, 'Your press is kept.');
  assert.ok(await desk(page).getByRole('button', { name: 'Waiting for the shop' }).isDisabled());
  await books(event, [who], 0);
  gone = false;
  await until(page, 'won');
  assert.equal(new Set(asked.map((request) => request.headers()['idempotency-key'])).size, 1);
  await books(event, [who], 1);
});

journey('the shop is gone while somebody only looks: it is said, and over by itself', async (context) => {
  const event = await sale({ units: 3 });
  const { page } = await member(context, event, ['net::ERR_CONNECTION_REFUSED']);
  let gone = true;
  await page.route('**/api/v1/**', (route) => (gone ? route.abort('connectionrefused') : route.fallback()));
  await until(page, 'offline');
  await said(page, 'No connection');
  gone = false;
  await until(page, 'live');
  await go(page, `/sale/${event.id}`);
});
