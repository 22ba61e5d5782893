/**
 * The access token: in memory only, renewed from a cookie that no script can read. One tab renews at a time (Web
 * Locks), the others hear of it (BroadcastChannel), so that one refresh token is not spent twice.
 */

/** @typedef {{token: string, expires: number}} Access `expires` in ms since the epoch, by this machine's clock */
/** @typedef {{access_token: string, expires_in: number}} Tokens */
/** @typedef {{kind: 'token', access: Access} | {kind: 'in'} | {kind: 'out'} | {kind: 'over'}} News `over`: the shop ended the log-in */

const LOCK = 'stampede-refresh';
/** A token that ends within this time is renewed first. */
const MARGIN_MS = 15_000;

/** @type {Access | null} */
let access = null;
/** @type {Promise<string | null> | null} */
let renewing = null;
/** @type {Set<(news: News) => void>} */
const listeners = new Set();

const channel = globalThis.document && 'BroadcastChannel' in globalThis ? new BroadcastChannel('stampede-session') : null;
channel?.addEventListener('message', (event) => {
  /** @type {News} */
  const news = event.data;
  if (news.kind === 'token') access = news.access;
  else access = null;
  for (const listener of listeners) listener(news);
});

/** What other tabs did – logged in, logged out, renewed – and that the shop ended the log-in. @param {(news: News) => void} listener */
export function onNews(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** @param {News} news */
export const tell = (news) => channel?.postMessage(news);

/** @param {Tokens} tokens */
export function keep({ access_token, expires_in }) {
  access = { token: access_token, expires: Date.now() + expires_in * 1000 };
  tell({ kind: 'token', access });
}

export function drop() {
  access = null;
}

/** The token at hand, if it still holds. */
export const atHand = () => (access && access.expires - MARGIN_MS > Date.now() ? access.token : null);

/** Whether there is a log-in at all: a readable cookie without a secret says so, and spares strangers a 401. */
export const hasSession = () => /(^|;\s*)stampede_session=1(;|$)/.test(globalThis.document?.cookie ?? '');

/**
 * A token that holds, renewed when needed; null for strangers.
 * @param {(signal?: AbortSignal) => Promise<Tokens | null>} ask posts to `/user/refresh`; null when the shop says the log-in is over
 * @returns {Promise<string | null>}
 */
export async function bearer(ask) {
  const token = atHand();
  if (token) return token;
  return hasSession() ? renew(ask) : null;
}

/**
 * @param {(signal?: AbortSignal) => Promise<Tokens | null>} ask
 * @param {string | null} [refused] the token that the shop would not take
 * @returns {Promise<string | null>}
 */
export function renew(ask, refused = null) {
  const other = () => { const token = atHand(); return token === refused ? null : token; };
  renewing ??= inOneTab(async (waited) => {
    if (waited && !other()) await newsFromElsewhere();
    const token = other();
    if (token) return token; // another tab was quicker
    const tokens = await ask();
    if (tokens) keep(tokens);
    else { drop(); for (const listener of listeners) listener({ kind: 'over' }); }
    return tokens?.access_token ?? null;
  }).finally(() => { renewing = null; });
  return renewing;
}

/** What a tab tells may arrive after the lock that it gave back. */
const NEWS_MS = 1000;
/** @returns {Promise<void>} */
const newsFromElsewhere = () => new Promise((resolve) => {
  const timer = setTimeout(resolve, channel ? NEWS_MS : 0);
  channel?.addEventListener('message', () => { clearTimeout(timer); resolve(); }, { once: true });
});

/**
 * @template T
 * @param {(waited: boolean) => Promise<T>} run `waited`: another tab was at it
 * @returns {Promise<T>}
 */
async function inOneTab(run) {
  if (!navigator.locks) return run(false);
  const done = await navigator.locks.request(LOCK, { ifAvailable: true }, async (lock) => (lock ? { value: await run(false) } : null));
  return done ? done.value : navigator.locks.request(LOCK, () => run(true));
}
