/** The shop's API, for what a journey needs beforehand. */

/** The shop under test; scripts/test-browser starts it. */
export const origin = process.env.SHOP_URL ?? 'http://127.0.0.1:8080';

/** One call of the API; a refusal throws. */
export async function call(method, path, { token, body, form, key } = {}) {
  const headers = {};
  if (token) headers.Authorization = `Bearer ${token}`;
  if (body) headers['Content-Type'] = 'application/json';
  if (key) headers['Idempotency-Key'] = key;
  const answer = await fetch(`${origin}/api/v1${path}`, { method, headers, body: form ?? (body && JSON.stringify(body)) });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return text && JSON.parse(text);
}

export const PASSWORD = 'long enough for a journey';
export const PIN = '135790';

/** The token of a user. */
export async function tokenOf(userName, password = PASSWORD) {
  return (await call('POST', '/user/login', { body: { user_name: userName, password } })).access_token;
}

/** The first delivery method of the shop: an order names one where several serve its address. */
export const delivery = async () => (await call('GET', '/delivery_methods')).items[0]?.id ?? null;

export const adminToken = () => tokenOf('admin', 'stampede-admin');

let made = 0;

/** A new customer with an address and the demo's opening credit. */
export async function customer() {
  const name = `walker${Date.now().toString(36)}${made++}`;
  await call('POST', '/user/register', { body: { user_name: name, password: PASSWORD, key: PIN } });
  const token = await tokenOf(name);
  const address = { name: 'Ada Walker', phone: '+44 20 7946 0000', address: '12 Harbour Street' };
  await call('POST', '/address', { token, body: address });
  return { name, token };
}

/** A new product on sale with `num` units at `price` minor units, with JPEG `pictures`; returns it. */
export async function product({ name = 'Journey Lamp', price = 12_900, num = 20, pictures = [] } = {}) {
  const token = await adminToken();
  const { items: [category] } = await call('GET', '/categories');
  const form = new FormData();
  const fields = { name, title: 'Made for a journey', info: 'A lamp.', category_id: category.id, price, num, on_sale: true };
  for (const [field, value] of Object.entries(fields)) form.set(field, String(value));
  for (const picture of pictures) form.append('file', new Blob([picture], { type: 'image/jpeg' }), 'picture.jpg');
  return call('POST', '/product', { token, form });
}

/** A sale of `units` of `sku`, or of a new product; it starts in `startsIn` ms and lasts `lasts` ms. */
export async function sale({ units = 2, limit = 1, startsIn = 0, lasts = 600_000, price = 4_900, sku, title = 'Journey sale' } = {}) {
  sku ??= (await product({ num: units + 5 })).skus[0];
  const begin = Date.now() + startsIn;
  return call('POST', '/admin/seckill', {
    token: await adminToken(),
    body: {
      sku_id: sku.id, title, price, stock_total: units, per_user_limit: limit,
      starts_at: new Date(begin).toISOString(), ends_at: new Date(begin + lasts).toISOString(),
    },
  });
}
