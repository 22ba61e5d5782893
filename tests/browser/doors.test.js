/** Joining, logging in, lost passwords: what the visitor wanted is never lost on the way. */
import { assert, call, customer, go, journey, logIn, open, PASSWORD, PIN, product, ready, sale, visitor } from './harness.js';
import { letterTo } from './letters.js';

const text = (page) => page.locator('main').innerText();
const submit = (page, name) => page.getByRole('button', { name, exact: true }).click();
const name = () => `door${Date.now().toString(36)}${Math.floor(Math.random() * 1e4)}`;

journey('a stranger joins, and comes back to where they were, with their bag', async (context) => {
  const goods = await product();
  const page = await open(context, `/p/${goods.id}`, { expects: [409, 422] });
  await submit(page, 'Add to bag');
  await page.waitForFunction(() => JSON.parse(localStorage.getItem('stampede_bag') ?? '[]').length === 1);
  await go(page, '/wallet');
  assert.match(page.url(), /\/login\?next=%2Fwallet$/);
  await page.getByRole('link', { name: 'Make an account' }).click();
  await page.waitForURL(/register\?next=%2Fwallet/);
  await ready(page);

  const user = page.getByRole('textbox', { name: 'User name' });
  await user.fill('a!');
  await page.getByRole('textbox', { name: 'Password' }).fill('123');
  await page.getByRole('textbox', { name: 'Payment PIN' }).fill('1');
  await submit(page, 'Make an account');
  // Every fault is told at once, and the first has the focus.
  await page.waitForFunction(() => document.querySelectorAll('[aria-invalid=true]').length === 3);
  await page.waitForFunction(() => document.activeElement?.getAttribute('name') === 'username');

  await user.fill('alice');
  await page.getByRole('textbox', { name: 'Password' }).fill('password123');
  await page.getByRole('textbox', { name: 'Payment PIN' }).fill(PIN);
  await submit(page, 'Make an account');
  await page.getByText('one of the first that are tried').waitFor();
  await page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
  await submit(page, 'Make an account');
  await page.getByText('This user name is taken').waitFor();
  await user.fill(name());
  await submit(page, 'Make an account');
  await page.waitForURL(/\/wallet$/);
  await page.getByRole('link', { name: 'Bag, 1 thing' }).first().waitFor();
});

journey('a wrong password is told, another spelling of the name is not wrong', async (context) => {
  const who = await customer();
  const page = await open(context, '/login?next=/addresses', { expects: [401] });
  await page.getByRole('textbox', { name: 'User name' }).fill(` ${who.name.toUpperCase()} `);
  await page.getByRole('textbox', { name: 'Password' }).fill('not this one');
  await page.keyboard.press('Enter');
  await page.getByText('User name and password do not match').waitFor();
  await page.getByRole('button', { name: 'Show the password' }).click();
  await page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/addresses$/);
});

journey('beside the form stands what the visitor was about to do', async (context) => {
  const goods = await product({ name: 'Door Lamp' }), event = await sale();
  const page = await open(context, `/login?next=/p/${goods.id}`);
  await page.getByRole('complementary').getByText('Door Lamp').waitFor();
  await go(page, `/login?next=/sale/${event.id}`);
  await page.getByText('You were about to claim').waitFor();
  assert.match(await text(page), /straight back to the sale/);
  for (const foreign of ['//evil.example', 'https://evil.example/', '/\\evil.example']) {
    await go(page, `/login?next=${encodeURIComponent(foreign)}`);
    assert.doesNotMatch(await page.content(), /href="[^"]*evil/);
  }
});

journey('log-ins of the demo are a press away, and the console asks for an admin', async (context) => {
  const page = await open(context, '/login?next=/orders');
  await page.getByRole('button', { name: 'Fill in bob' }).click();
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/orders$/);
  await go(page, '/login?next=/admin&admin=1');
  await page.getByText('not an admin').waitFor();
});

journey('too many wrong tries: the pause runs down, and the button is back by itself', async (context) => {
  const page = await open(context, '/login', { expects: [429] });
  await page.route('**/api/v1/user/login', (route) => route.fulfill({ status: 429, headers: { 'Retry-After': '2' },
    contentType: 'application/problem+json', body: JSON.stringify({ status: 429, code: 'too_many_failures' }) }));
  await page.getByRole('textbox', { name: 'User name' }).fill('alice');
  await page.getByRole('textbox', { name: 'Password' }).fill('whatever it is');
  await page.keyboard.press('Enter');
  await page.getByText('Too many wrong tries').waitFor();
  const button = page.getByRole('button', { name: 'Log in', exact: true });
  await page.waitForFunction(() => document.querySelector('button[type=submit]')?.hasAttribute('disabled'));
  await button.waitFor();
  await page.waitForFunction(() => !document.querySelector('button[type=submit]')?.hasAttribute('disabled'));
});

journey('a forgotten password is set anew with the code of a letter, and every log-in ends', async (context) => {
  const who = await customer(), email = `${who.name}@example.com`;
  await call('POST', '/user/sending_email', { token: who.token, body: { operation_type: 1, email } });
  await call('POST', '/user/valid_email', { token: who.token, body: { token: await letterTo(email) } });
  const elsewhere = await visitor();
  const other = await logIn(elsewhere, who.name);

  const page = await open(context, '/reset-password', { expects: [400] });
  await page.getByRole('textbox', { name: 'E-mail' }).fill(email);
  await submit(page, 'Send the code');
  await page.getByRole('textbox', { name: 'Code' }).fill('not the code');
  await page.getByRole('textbox', { name: 'New password' }).fill('heather at dawn');
  await submit(page, 'Set the password');
  await page.getByText('This code is unknown').waitFor();
  await page.getByRole('textbox', { name: 'Code' }).fill(`\n  ${await letterTo(email)} `);
  await submit(page, 'Set the password');
  await page.waitForURL(/\/login\?reset=1$/);
  await page.getByText('Your new password is set').waitFor();
  await page.getByRole('textbox', { name: 'User name' }).fill(who.name);
  await page.getByRole('textbox', { name: 'Password' }).fill('heather at dawn');
  await submit(page, 'Log in');
  await page.waitForURL((url) => url.pathname === '/');

  await other.waitForTimeout(5500); // a live token is dead within five seconds
  await go(other, '/wallet');
  assert.match(other.url(), /\/login/);
  await elsewhere.close();
});
