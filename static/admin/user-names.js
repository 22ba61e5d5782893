/** Names of users by id, for lists that carry only ids: each is asked for once. */
import { html, signal } from '../lib/html.js';
import { api } from '../lib/api.js';

/** @type {Map<number, import('@preact/signals').Signal<string | null>>} */
const names = new Map();

/** @param {number} id */
function nameOf(id) {
  const known = names.get(id);
  if (known) return known;
  const name = signal(/** @type {string | null} */ (null));
  names.set(id, name);
  api.get('/admin/user/{id}', { params: { id } }).then((user) => { name.value = user.user_name; }, () => { names.delete(id); });
  return name;
}

/** What is known already need not be asked for. @param {{id: number, user_name: string}} user */
export function knowUser(user) {
  const known = names.get(user.id);
  if (known) known.value = user.user_name;
  else names.set(user.id, signal(user.user_name));
}

/** The name of a user, the id until it is known. @param {{id: number, link?: boolean}} props */
export function UserName({ id, link }) {
  const name = nameOf(id);
  const shown = name.value ?? `#${id}`;
  return link ? html`<a class="quiet-link" href=${`/admin/users/${id}`}>${shown}</a>` : html`<span>${shown}</span>`;
}
