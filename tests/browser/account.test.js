/** The account, the wallet, the address book, and what the whole shop says when something is wrong. */
import { adminToken, assert, call, customer, go, journey, logIn, open, PASSWORD, PHONE, PIN, product, ready, visitor } from './harness.js';
import { letterTo } from './letters.js';

const submit = (page, name) => page.getByRole('button', { name, exact: true }).click();
const toast = (page, words) => page.locator('.toast').getByText(words).waitFor();

/** A picture of the browser's own making. */
const picture = (page) => page.evaluate(() => {
  const canvas = document.createElement('canvas');
  canvas.width = 900;
  canvas.height = 600;
  const context = canvas.getContext('2d');
  context.fillStyle = '#ff6a3d';
  context.fillRect(0, 0, 450, 600);
  return canvas.toDataURL('image/jpeg').split(',')[1];
});

journey('name and picture: a part is chosen by keys, mouse and wheel', async (context) => {
  const who = await customer();
  const page = await logIn(context, who.name);
  await go(page, '/account');
  await page.getByRole('textbox', { name: 'Nickname' }).fill('Bell Heather');
  await submit(page, 'Save');
  await toast(page, 'Saved');
  assert.match(await page.locator('h1').innerText(), /Bell Heather/);

  const file = page.locator('input[type=file]');
  await file.setInputFiles({ name: 'no.png', mimeType: 'image/png', buffer: Buffer.from('no picture') });
  await page.getByText('The picture cannot be read').waitFor();
  await file.setInputFiles({ name: 'photo.jpg', mimeType: 'image/jpeg', buffer: Buffer.from(await picture(page), 'base64') });
  const part = page.getByRole('group', { name: 'Part of the picture' });
  await part.waitFor();
  const zoom = page.getByRole('slider', { name: 'Zoom' });
  assert.equal(await zoom.getAttribute('aria-valuetext'), '100%');
  for (const key of ['+', '+', 'ArrowLeft', 'ArrowUp']) await page.keyboard.press(key);
  const box = await part.boundingBox();
  await page.mouse.move(box.x + 90, box.y + 90);
  await page.mouse.down();
  await page.mouse.move(box.x + 140, box.y + 120, { steps: 4 });
  await page.mouse.up();
  await page.mouse.wheel(0, -100);
  await page.waitForFunction(() => document.querySelector('input[type=range]')?.getAttribute('aria-valuetext') !== '100%');
  await submit(page, 'Use this part');
  await page.getByRole('img', { name: 'Picture of Bell Heather' }).waitFor();
  const user = await call('GET', '/user', { token: who.token });
  assert.equal(user.avatar.width, user.avatar.height);
});

journey('an address is bound and unbound with codes', async (context) => {
  const who = await customer(), email = `${who.name}@example.com`;
  const page = await logIn(context, who.name);
  await go(page, '/account#email');
  const field = page.getByRole('textbox', { name: 'E-mail' });
  await field.fill(email);
  await submit(page, 'Send the code');
  await page.getByRole('link', { name: 'Open the mailbox of the demo' }).waitFor();
  await page.getByRole('textbox', { name: 'Code' }).fill(await letterTo(email));
  await submit(page, 'Confirm');
  await toast(page, `${email} is confirmed`);
  await submit(page, 'Send the code');
  await page.getByText('This address is confirmed already').waitFor();
  await submit(page, 'Unbind this address');
  await page.getByRole('textbox', { name: 'Code' }).fill(await letterTo(email));
  await submit(page, 'Unbind');
  await toast(page, 'no longer kept');
  assert.equal(await field.inputValue(), '');
});

journey('a new password ends every other log-in, which says so; an address that was being written is not lost', async (context) => {
  const who = await customer();
  const page = await logIn(context, who.name);
  const elsewhere = await visitor();
  const other = await open(elsewhere, '/login?next=/addresses', { expects: [401] });
  await other.getByRole('textbox', { name: 'User name' }).fill(who.name);
  await other.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
  await submit(other, 'Log in');
  await other.waitForURL(/\/addresses$/);

  await go(page, '/account');
  await page.getByRole('textbox', { name: 'Present password' }).fill(PASSWORD);
  await page.getByRole('textbox', { name: 'New password' }).fill('heather at noon');
  await submit(page, 'Change the password');
  await toast(page, 'every other log-in has ended');
  await go(page, '/wallet');
  assert.match(page.url(), /\/wallet$/, 'this one lives on');

  await other.waitForTimeout(5500); // a live token is dead within five seconds
  await other.getByRole('button', { name: 'New address' }).click();
  await other.getByRole('textbox', { name: 'Name' }).fill('Ann Heath');
  await other.getByRole('textbox', { name: 'Phone' }).fill('+44 20 7946 0001');
  await other.getByRole('textbox', { name: 'Address' }).fill('1 Way\nTown');
  await submit(other, 'Save');
  await other.getByRole('heading', { name: 'You have been logged out' }).waitFor();
  await other.locator('main').getByRole('link', { name: 'Log in' }).click();
  await other.getByRole('textbox', { name: 'User name' }).fill(who.name);
  await other.getByRole('textbox', { name: 'Password' }).fill('heather at noon');
  await submit(other, 'Log in');
  await other.getByRole('dialog').waitFor();
  assert.equal(await other.getByRole('textbox', { name: 'Name' }).inputValue(), 'Ann Heath');
  await submit(other, 'Save');
  await other.locator('.addresses').getByText('Ann Heath').waitFor();
  await elsewhere.close();
});

journey('the wallet opens with the PIN; a new PIN opens it, the old one does not', async (context) => {
  const who = await customer();
  const user = await call('GET', '/user', { token: who.token });
  await call('POST', `/admin/user/${user.id}/top_up`, { token: await adminToken(), body: { amount: 2_550, reason: 'test' }, key: `top-up-${who.name}` });
  const page = await logIn(context, who.name);
  await go(page, '/account#pin');
  await page.getByRole('textbox', { name: 'Your password' }).fill(PASSWORD);
  await page.getByRole('textbox', { name: 'New PIN' }).fill('246813');
  await submit(page, 'Change the PIN');
  await toast(page, 'Your PIN is changed');

  await go(page, '/wallet');
  const rows = page.getByRole('table').getByRole('row');
  assert.match(await rows.nth(1).innerText(), /Top-up[\s\S]*\+\$25\.50/);
  assert.doesNotMatch(await page.locator('main').innerText(), /10,025\.50/, 'no balance before the PIN');
  const pin = page.getByRole('textbox', { name: 'Payment PIN' });
  await pin.fill('246813');
  await page.keyboard.press('Enter');
  await page.locator('.purse').getByText('$10,025.50').waitFor();
  assert.match(await rows.nth(1).innerText(), /\$10,025\.50/);
  await submit(page, 'Hide');
  assert.doesNotMatch(await page.locator('main').innerText(), /10,025\.50/);
});

journey('a wrong PIN is told', async (context) => {
  const who = await customer();
  await logIn(context, who.name);
  const page = await open(context, '/wallet', { expects: [403] });
  await page.getByRole('textbox', { name: 'Payment PIN' }).fill(`${PIN}1`);
  await submit(page, 'Show the balance');
  await page.getByText('That is not your PIN.').waitFor();
});

journey('the address book: make default, remove after a question whose safe answer has the focus', { size: PHONE }, async (context) => {
  const who = await customer();
  await call('POST', '/address', { token: who.token, body: { name: 'Second Home', phone: '+44 20 7946 0002', address: '2 Way' } });
  const page = await logIn(context, who.name);
  await go(page, '/addresses');
  await page.getByRole('button', { name: 'Make default: Second Home' }).click();
  await toast(page, 'Second Home');
  await page.getByRole('button', { name: 'Remove the address of Ada Walker' }).click();
  await page.waitForFunction(() => document.activeElement?.textContent?.trim() === 'Keep it');
  await submit(page, 'Remove it');
  await toast(page, 'The address is gone');
  await page.waitForFunction(() => document.querySelectorAll('.addresses > li').length === 1);
});

journey('logging out ends the log-in and goes to the start', async (context) => {
  const page = await logIn(context, (await customer()).name);
  await go(page, '/account');
  await submit(page, 'Log out');
  await page.waitForURL((url) => url.pathname === '/');
  await page.waitForFunction(() => !document.cookie.includes('stampede_session=1'));
  await go(page, '/account');
  assert.match(page.url(), /\/login\?next=%2Faccount$/);
});

journey('a shop that is away is asked again by itself, and the page comes', async (context) => {
  const goods = await product({ name: 'Patient Lamp' });
  const page = await open(context, '/', { expects: [503] });
  let away = true;
  await page.route(`**/api/v1/product/${goods.id}`, (route) => (away ? route.fulfill({ status: 503, headers: { 'Retry-After': '4' },
    contentType: 'application/problem+json', body: JSON.stringify({ status: 503, code: 'unavailable' }) }) : route.continue()));
  await page.evaluate((path) => { const link = document.createElement('a'); link.href = path; document.querySelector('main')?.append(link); link.click(); }, `/p/${goods.id}`);
  await page.getByRole('heading', { name: 'The shop is closed for a moment' }).waitFor();
  assert.match(await page.locator('main').innerText(), /We try again in \d seconds?\./);
  away = false;
  await page.getByRole('heading', { name: 'Patient Lamp' }).waitFor();
});

journey('without a network the page says when it is from, and buttons what they wait for', async (context) => {
  const page = await open(context, '/login', { expects: ['net::ERR_INTERNET_DISCONNECTED'] });
  await context.setOffline(true);
  await page.getByText(/You see what the shop showed at \d\d:\d\d/).waitFor();
  assert.ok(await page.getByRole('button', { name: 'Waiting for the network' }).isDisabled());
  await context.setOffline(false);
  await page.getByRole('button', { name: 'Log in', exact: true }).waitFor();
  await ready(page);
});
