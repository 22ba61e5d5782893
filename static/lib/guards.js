/** Who may see a page. */
import { ownPath, withQuery } from './match.js';
import * as session from './session.js';

/** Strangers log in first and come back. @param {string} path */
export async function membersOnly(path) {
  await session.restored;
  return session.user.value ? null : withQuery('/login', { next: path });
}

/** Customers are asked for another log-in: `admin=1` tells the page why. @param {string} path */
export async function adminsOnly(path) {
  await session.restored;
  if (session.isAdmin.value) return null;
  return withQuery('/login', { next: path, admin: session.user.value ? 1 : null });
}

/** Who is logged in already has no use for a log-in page. @param {string} path */
export async function strangersOnly(path) {
  await session.restored;
  const query = new URLSearchParams(path.split('?')[1]);
  if (query.has('admin') && !session.isAdmin.value) return null;
  return session.user.value ? ownPath(query.get('next')) : null;
}
