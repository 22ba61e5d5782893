/** Who is here. `user` is null for strangers, and until `restored` has ended. */
import { computed, signal } from '@preact/signals';
import { api } from './api.js';
import { Problem } from './problem.js';
import * as token from './token.js';

/** @typedef {import('../types/api.js').User} User */

export const user = signal(/** @type {User | null} */ (null));
export const isAdmin = computed(() => user.value?.role === 'admin');
/** Set when a log-in ended without the visitor's doing, so that the page can say so. */
export const sessionEnded = signal(false);

/** Ends when it is known who is here. @type {Promise<void>} */
export let restored = Promise.resolve();

/** Asked once at the start; asks nothing when there is no log-in. */
export function restoreSession() {
  restored = token.hasSession() ? reloadUser() : Promise.resolve();
  return restored;
}

/** Asks who is here; a shop that does not answer leaves things as they are. */
export async function reloadUser() {
  try {
    user.value = await api.get('/user');
    sessionEnded.value = false;
  } catch (error) {
    if (error instanceof Problem && error.status === 401) endSession();
  }
}

/** The shop no longer knows this log-in. */
export function endSession() {
  token.drop();
  if (user.value) sessionEnded.value = true;
  user.value = null;
}

/** @param {string} userName @param {string} password @returns {Promise<User>} */
export async function logIn(userName, password) {
  const answer = await api.post('/user/login', /** @type {any} */ ({ user_name: userName, password, cookie: true }));
  token.keep(answer);
  token.tell({ kind: 'in' });
  sessionEnded.value = false;
  user.value = answer.user;
  return answer.user;
}

/** Gone here at once, whatever the network says; the shop is told when it can be. */
export async function logOut() {
  try {
    await api.post('/user/logout', /** @type {any} */ ({}));
  } finally {
    token.drop();
    token.tell({ kind: 'out' });
    user.value = null;
  }
}

token.onNews((news) => {
  if (news.kind === 'out') user.value = null;
  if (news.kind === 'in') void reloadUser();
  if (news.kind === 'over') endSession();
});
