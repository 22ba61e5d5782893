/** The console's other half: flash sales and their live board, orders, users, webhooks. */
import { assert, adminToken, call, customer, delivery, go, journey, open, PASSWORD, PHONE, PIN, product, ready, sale } from './harness.js';

/** The visitor's browser is an admin's. */
async function asAdmin(context) {
  const answer = await context.request.post('/api/v1/user/login', { data: { user_name: 'admin', password: 'stampede-admin', cookie: true } });
  assert.equal(answer.status(), 200);
}

/** A paid order of a new customer. */
async function paidOrder() {
  const buyer = await customer(), goods = await product(), { items: [address] } = await call('GET', '/address', { token: buyer.token });
  const order = await call('POST', '/order', { token: buyer.token, key: `place-${buyer.name}`, body: { address_id: address.id, product_id: goods.id, num: 2, delivery_method_id: await delivery() } });
  await call('POST', '/paydown', { token: buyer.token, key: `pay-${buyer.name}`, body: { order_id: order.id, key: PIN } });
  return { buyer, goods, order };
}

const local = (ms) => new Date(ms - new Date(ms).getTimezoneOffset() * 60_000).toISOString().slice(0, 19);

journey('a sale is scheduled by its form, edited while it runs, paused and resumed', { timezoneId: 'UTC' }, async (context) => {
  await asAdmin(context);
  const name = `Form lamp ${Date.now().toString(36)}`;
  await product({ name, price: 12_900, num: 30 });
  const page = await open(context, '/admin/sales');
  await page.getByRole('link', { name: 'New sale' }).click();
  await page.getByRole('searchbox', { name: 'Search products' }).fill(name);
  await page.getByRole('button', { name }).click();
  await page.getByRole('textbox', { name: 'Headline' }).fill('Journey sale');
  await page.getByRole('textbox', { name: 'Sale price' }).fill('130');
  await page.getByText('Above the list price of $129').waitFor();
  await page.getByRole('textbox', { name: 'Sale price' }).fill('49');
  await page.getByText('62% under the list price').waitFor();
  await page.getByRole('textbox', { name: 'Units' }).fill('31');
  await page.locator('.error', { hasText: '30 in stock' }).waitFor();
  await page.getByRole('textbox', { name: 'Units' }).fill('20');
  await page.getByLabel('Opens', { exact: true }).fill(local(Date.now() + 2000));
  await page.getByLabel('Closes', { exact: true }).fill(local(Date.now() + 600_000));
  await page.getByRole('button', { name: 'Schedule the sale' }).click();
  await page.waitForURL(/\/admin\/sales\/\d+$/);
  await page.getByRole('heading', { level: 1, name: 'Journey sale' }).waitFor();
  const id = page.url().split('/').pop();
  await page.waitForTimeout(3000);
  await go(page, `/admin/sales/${id}`);
  await page.getByText('running', { exact: true }).waitFor();
  assert.equal(await page.getByLabel('Opens', { exact: true }).isDisabled(), true, 'what has begun stays');
  await page.getByRole('textbox', { name: 'Units' }).fill('25');
  await page.getByText('1 change, acts at once').waitFor();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('It acts already').waitFor();
  assert.equal((await call('GET', `/seckill/${id}`)).stock_total, 25);
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.getByRole('button', { name: 'Resume' }).waitFor();
  assert.equal((await call('GET', `/seckill/${id}`)).state, 'paused');
  await page.getByRole('button', { name: 'Resume' }).click();
  await page.getByRole('button', { name: 'Pause' }).waitFor();
  await page.getByRole('button', { name: 'Cancel sale' }).click();
  await page.getByText('25 units go back to the shelf').waitFor();
  await page.getByRole('button', { name: 'Keep the sale' }).click();
  assert.equal((await call('GET', `/seckill/${id}`)).state, 'live');
});

journey('the live board follows a sale until all are claimed, with books that add up', async (context) => {
  await asAdmin(context);
  const event = await sale({ units: 6, startsIn: 0 });
  const page = await open(context, `/admin/sales/${event.id}/live`);
  await page.getByText('Books: exact').first().waitFor();
  await page.getByText('of 6', { exact: true }).waitFor();
  const buyers = await Promise.all(Array.from({ length: 8 }, () => customer()));
  const claims = await Promise.allSettled(buyers.map(({ token }) => call('POST', `/seckill/${event.id}`, { token, body: {} })));
  assert.ok(claims.filter((claim) => claim.status === 'fulfilled').length >= 6);
  await page.getByText('All claimed, 6 units').waitFor();
  await page.getByText('all claimed', { exact: true }).first().waitFor();
  await page.getByText('Books: exact').first().waitFor();
  assert.deepEqual(await page.locator('.sumline dd').allInnerTexts(), ['6', '0', '0', '= 6']);
  await page.getByRole('button', { name: 'Show as a table' }).first().click();
  await page.getByRole('columnheader', { name: 'Left' }).waitFor();
});

journey('the board says when its stream breaks off, and comes back', async (context) => {
  await asAdmin(context);
  const event = await sale({ units: 3 });
  const second = { claims: {}, p50_us: 0, p99_us: 0, in_flight: 0, stock_left: 3, stock_taken: 0, stock_total: 3, epoch: 1, books: 'exact', server_time: new Date(Date.now() - 8000).toISOString() };
  // A first connection that ends after one event, eight seconds ago; the next is the shop's own.
  let ended = false;
  await context.route('**/admin/seckill/*/live', (route) => {
    if (ended) return route.fallback();
    ended = true;
    return route.fulfill({ contentType: 'text/event-stream', body: `event: second\ndata: ${JSON.stringify(second)}\n\n` });
  });
  const page = await open(context, `/admin/sales/${event.id}/live`);
  await page.getByText('The stream broke off').waitFor();
  await page.getByText(/seconds were not seen/).waitFor();
  await page.getByText('The stream broke off').waitFor({ state: 'detached' });
});

journey('books that do not agree are marked, and never made to fit', async (context) => {
  await asAdmin(context);
  const event = await sale({ units: 3 });
  const second = { claims: {}, p50_us: 0, p99_us: 0, in_flight: 0, stock_left: 2, stock_taken: 4, stock_total: 3, epoch: 1, books: 'broken', server_time: new Date().toISOString() };
  await context.route('**/admin/seckill/*/live', (route) => route.fulfill({ contentType: 'text/event-stream', body: `event: second\ndata: ${JSON.stringify(second)}\n\n` }));
  const page = await open(context, `/admin/sales/${event.id}/live`);
  await page.getByRole('heading', { name: 'Books: 3 too many' }).waitFor();
  assert.deepEqual(await page.locator('.sumline dd').allInnerTexts(), ['4', '0', '2', '= 6', '3']);
  assert.equal(await page.locator('.sumline dt.wrong').count(), 2);
  await page.getByRole('link', { name: 'See the audit' }).waitFor();
});

journey('an order is found by its buyer, shipped, and another refunded', { size: PHONE }, async (context) => {
  await asAdmin(context);
  const first = await paidOrder(), second = await paidOrder();
  const page = await open(context, '/admin/orders');
  await page.getByRole('searchbox', { name: 'Order id or user' }).fill(first.buyer.name);
  await page.waitForURL(/user=\d+/);
  await page.locator('a.opens-link').first().click();
  await page.waitForURL(new RegExp(`/admin/orders/${first.order.id}`));
  await page.getByRole('button', { name: 'Ship' }).click();
  await page.getByRole('textbox', { name: 'Tracking number' }).fill('JOURNEY-1');
  await page.getByRole('dialog').last().getByRole('button', { name: 'Ship' }).click();
  await page.getByText('JOURNEY-1').waitFor();
  await page.goBack();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await go(page, `/admin/orders/${second.order.id}`);
  await page.getByRole('button', { name: 'Refund' }).click();
  const dialog = page.getByRole('dialog', { name: 'Refund $258.00?' });
  await dialog.getByRole('radio', { name: 'Back on the shelf' }).check();
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('Broken in the post');
  await dialog.getByRole('button', { name: 'Refund $258.00' }).click();
  await page.getByText('Broken in the post').waitFor();
  assert.equal((await call('GET', `/order/${second.order.id}`, { token: second.buyer.token })).status, 'refunded');
  assert.equal((await call('GET', `/product/${second.goods.id}`)).num, 20, 'the two are back on the shelf');
});

journey('a user is topped up once, banned with a reason, and let in again', async (context) => {
  await asAdmin(context);
  const { name } = await customer();
  const page = await open(context, '/admin/users');
  await page.getByRole('searchbox', { name: 'Name or e-mail' }).fill(name);
  await page.getByRole('link', { name }).click();
  await page.getByRole('button', { name: 'Top up' }).click();
  await page.getByRole('textbox', { name: 'Amount' }).fill('12.50');
  await page.getByRole('textbox', { name: 'Reason' }).fill('A late parcel');
  await page.getByRole('button', { name: 'Top up $12.50' }).click();
  await page.getByText('$12.50 added').waitFor();
  await page.getByRole('button', { name: 'Ban' }).click();
  await page.getByRole('textbox', { name: 'Reason' }).fill('A test');
  await page.getByRole('dialog').last().getByRole('button', { name: 'Ban' }).click();
  await page.getByRole('dialog').getByText('banned', { exact: true }).waitFor();
  await assert.rejects(call('POST', '/user/login', { body: { user_name: name, password: PASSWORD } }), /401/);
  await page.getByRole('button', { name: 'Lift the ban' }).click();
  await page.getByRole('dialog').last().getByRole('button', { name: 'Lift the ban' }).click();
  await page.getByRole('dialog').getByText('active', { exact: true }).waitFor();
  await go(page, '/admin/audit');
  await page.getByText('Topped up a wallet').first().waitFor();
  const details = page.locator('details.json:visible', { hasText: 'reason' }).first();
  await details.locator('summary').click();
  await details.locator('pre').waitFor();
});

journey('the secret of a webhook is shown once, and must be kept', async (context) => {
  await asAdmin(context);
  const page = await open(context, '/admin/webhooks');
  await page.getByRole('button', { name: 'Add a webhook' }).click();
  await page.getByRole('textbox', { name: 'Address' }).fill('https://example.com/journey');
  await page.getByRole('dialog').getByRole('button', { name: 'Add a webhook' }).click();
  const dialog = page.getByRole('dialog', { name: 'Keep this secret' });
  await dialog.waitFor();
  await page.keyboard.press('Escape');
  assert.equal(await dialog.isVisible(), true, 'it stays until it is confirmed');
  assert.equal(await dialog.getByRole('button', { name: 'Done' }).isDisabled(), true);
  await dialog.getByRole('checkbox').check();
  await dialog.getByRole('button', { name: 'Done' }).click();
  await page.getByText('https://example.com/journey').first().waitFor();
  await page.getByRole('button', { name: 'Delete https://example.com/journey' }).first().click();
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await page.getByText('The webhook is gone').waitFor();
  await go(page, '/admin/jobs');
  await page.getByRole('link', { name: 'Given up' }).click();
  await ready(page);
  const token = await adminToken();
  assert.ok((await call('GET', '/admin/audit_log', { token })).items.some((entry) => entry.action === 'webhook.delete'));
});
