/** The desk of a flash sale from its opening on: the clock, the focus, the address, the network, the calendar; and the list of all sales. */
import { assert, adminToken, call, customer, journey, open, PASSWORD, PHONE, sale } from './harness.js';

/** The visitor's browser is this customer's. */
async function as(context, { name }) {
  const answer = await context.request.post('/api/v1/user/login', { data: { user_name: name, password: PASSWORD, cookie: true } });
  assert.equal(answer.status(), 200);
}

/** Waits until the desk is in one of `states`, and says in which. */
async function desk(page, ...states) {
  await page.waitForFunction((wanted) => wanted.includes(document.querySelector('.desk')?.dataset.state), states, { timeout: 15_000, polling: 20 });
  return page.locator('.desk').getAttribute('data-state');
}

/** Keys of the claims that a page has sent. */
function claims(page) {
  const keys = [];
  page.on('request', (request) => {
    if (request.method() === 'POST' && /\/seckill\/\d+$/.test(request.url())) keys.push(request.headers()['idempotency-key']);
  });
  return keys;
}

const claimOne = (page) => page.getByRole('button', { name: 'Claim one' });
const ordersOf = async ({ token }, { id }) => (await call('GET', '/orders?page_size=50', { token })).items.filter((order) => order.seckill_id === id);

journey('the desk opens by the shop’s clock, and a double click claims once', async (context) => {
  const buyer = await customer(), event = await sale({ units: 5, startsIn: 6000 }), start = Date.parse(event.starts_at);
  await as(context, buyer);
  const page = await open(context, `/sale/${event.id}`), keys = claims(page), asked = [];
  page.on('request', (request) => { if (request.method() === 'GET' && request.url().endsWith(`/seckill/${event.id}`)) asked.push(Date.now() - start); });
  assert.equal(await desk(page, 'warming'), 'warming');
  assert.equal(await page.getByRole('button', { name: /^Opens at/ }).isDisabled(), true);
  await page.getByRole('timer').first().waitFor();
  await desk(page, 'live');
  assert.ok(Math.abs(Date.now() - start) < 1000, `opened ${Date.now() - start} ms after the start`);
  await claimOne(page).dblclick();
  await desk(page, 'won');
  await page.waitForTimeout(1000);
  assert.deepEqual(asked.filter((ms) => ms > -20 && ms < 280), [], 'no page asks at the start');
  const [order, ...more] = await ordersOf(buyer, event);
  assert.deepEqual([keys.length, more.length], [1, 0]);
  const pay = page.getByRole('link', { name: 'Pay $53.90' });
  assert.equal(await pay.getAttribute('href'), `/checkout?order=${order.id}`);
  assert.equal(await pay.evaluate((link) => link === document.activeElement), true, 'the focus stays at the button');
  assert.match(await page.locator('.desk [role=status]').textContent(), /^It’s yours/);
  await page.reload();
  await desk(page, 'won');
  await page.getByRole('link', { name: 'See the order' }).waitFor();
});

journey('without a network, and called off: the desk says so by itself', async (context) => {
  const buyer = await customer(), event = await sale({ units: 3 }), token = await adminToken();
  await as(context, buyer);
  const page = await open(context, `/sale/${event.id}`, { expects: ['net::ERR_INTERNET_DISCONNECTED'] });
  await desk(page, 'live');
  await context.setOffline(true);
  await desk(page, 'offline');
  assert.equal(await page.getByRole('button', { name: 'Waiting for the network' }).isDisabled(), true);
  await context.setOffline(false);
  await desk(page, 'live');
  await call('POST', `/admin/seckill/${event.id}/cancel`, { token, body: {} });
  await desk(page, 'cancelled');
});

journey('a stranger logs in and is brought back, an address is asked for before the claim', async (context) => {
  const name = `walker${Date.now().toString(36)}x`, event = await sale({ units: 2 });
  await call('POST', '/user/register', { body: { user_name: name, password: PASSWORD, key: '135790' } });
  const page = await open(context, `/sale/${event.id}`);
  await desk(page, 'need_login');
  await page.locator('.desk').getByRole('link', { name: 'Log in' }).click();
  await page.waitForURL(/\/login\?next=/);
  await page.getByRole('textbox', { name: 'User name' }).fill(name);
  await page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.waitForURL(`**/sale/${event.id}`);
  await desk(page, 'live');
  await claimOne(page).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Ada Walker');
  await dialog.getByRole('textbox', { name: 'Phone' }).fill('+44 20 7946 0000');
  await dialog.getByRole('textbox', { name: 'Address' }).fill('12 Harbour Street');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await desk(page, 'won');
  await page.getByText('Goes to Ada Walker, 12 Harbour Street').waitFor();
});

journey('on the phone the button is within the first 700 pixels', { size: PHONE }, async (context) => {
  const event = await sale({ units: 2 });
  const page = await open(context, `/sale/${event.id}`);
  const box = await page.locator('.desk-act .btn').first().boundingBox();
  assert.ok(box && box.y + box.height <= 700, JSON.stringify(box));
});

journey('all sales: open, coming with a reminder, past', async (context) => {
  await sale({ units: 2 });
  const coming = await sale({ units: 2, startsIn: 7_200_000 });
  const page = await open(context, '/sales');
  await page.getByRole('heading', { name: 'Open now' }).waitFor();
  const panel = page.locator('.sale-panel', { has: page.locator(`a[href="/sale/${coming.id}"]`) });
  const [file] = await Promise.all([page.waitForEvent('download'), panel.getByRole('button', { name: 'Remind me' }).click()]);
  assert.equal(file.suggestedFilename(), `sale-${coming.id}.ics`);
  await panel.getByRole('link', { name: 'Go to the sale' }).click();
  await page.waitForURL(`**/sale/${coming.id}`);
  assert.equal(await desk(page, 'upcoming'), 'upcoming');
});
