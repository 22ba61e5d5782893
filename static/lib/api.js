/** The only caller of fetch: addresses, languages, tokens, keys, deadlines, and refusals as `Problem`s. */
import { locale } from './i18n.js';
import { asProblem, isAbort, parseProblem, Problem } from './problem.js';
import { embeddedJson } from './shop.js';
import { addressOf } from './address.js';
import * as token from './token.js';

/** @typedef {import('../types/api.js').Gets} Gets */
/** @typedef {import('../types/api.js').Posts} Posts */
/** @typedef {import('../types/api.js').Puts} Puts */
/** @typedef {import('../types/api.js').Deletes} Deletes */

/**
 * @typedef {object} Options
 * @property {Record<string, string | number>} [params] what stands for `{…}` in the path
 * @property {Record<string, string | number | boolean | null | undefined>} [query] empty ones are left out
 * @property {AbortSignal} [signal]
 * @property {string} [key] Idempotency-Key
 * @property {number} [timeout] ms
 * @property {boolean} [own] what everybody may read is asked for in one's own name: admins see more of it
 */

/** @typedef {{status: number, data: any, headers: Headers}} Answer */

const BASE = '/api/v1';
const TIMEOUT_MS = 15_000;
/** A GET that shall come back this soon is asked again by itself, once. */
const PATIENCE_SECS = 3;
/** What everybody may read, and the ways to a log-in: none of it waits for a token to be renewed. */
const PUBLIC = /^\/(carousels|categories|products|product\/\d+$|imgs\/|seckill(\/\d+)?$|time|ping|user\/(login|register|refresh|forgot_password|reset_password))/;

/** Answers that the server put into the page, each given once. @type {Record<string, unknown>} */
let firstData = embeddedJson('first-data') ?? {};

/** What came with the page is old after the first navigation. */
export function forgetFirstData() {
  firstData = {};
}

/**
 * @template {keyof Gets & string} P
 * @param {P} path
 * @param {Options} [options]
 * @returns {Promise<Gets[P]>}
 */
async function get(path, options = {}) {
  const address = addressOf(BASE + path, options);
  if (address in firstData) {
    const answer = firstData[address];
    delete firstData[address];
    return /** @type {any} */ (answer);
  }
  try {
    return (await send('GET', path, undefined, options)).data;
  } catch (error) {
    if (!(error instanceof Problem) || error.retryAfter === null || error.retryAfter > PATIENCE_SECS) throw error;
    await pause(error.retryAfter * 1000 + 50, options.signal);
    return (await send('GET', path, undefined, options)).data;
  }
}

/**
 * @template {keyof Posts & string} P
 * @param {P} path
 * @param {Posts[P]['body'] | FormData} [body]
 * @param {Options} [options]
 * @returns {Promise<Posts[P]['answer']>}
 */
const post = async (path, body, options) => (await send('POST', path, body, options)).data;

/**
 * @template {keyof Puts & string} P
 * @param {P} path
 * @param {Puts[P]['body'] | FormData} [body]
 * @param {Options} [options]
 * @returns {Promise<Puts[P]['answer']>}
 */
const put = async (path, body, options) => (await send('PUT', path, body, options)).data;

/**
 * @template {keyof Deletes & string} P
 * @param {P} path
 * @param {Options & {body?: unknown}} [options]
 * @returns {Promise<Deletes[P]>}
 */
const del = async (path, options = {}) => (await send('DELETE', path, options.body, options)).data;

/**
 * Any request with its status and headers: for a claim, which is answered by 201 or 202.
 * @param {string} method
 * @param {string} path below `/api/v1`, with `{…}` for `params`
 * @param {unknown} [body]
 * @param {Options} [options]
 * @returns {Promise<Answer>}
 */
async function send(method, path, body, options = {}) {
  const address = addressOf(path, options);
  const open = (method === 'GET' || path.startsWith('/user/')) && !options.own && PUBLIC.test(address.split('?')[0]);
  const bearer = open ? token.atHand() : await token.bearer(askForTokens);
  try {
    return await exchange(method, address, body, options, bearer);
  } catch (error) {
    const refused = error instanceof Problem && error.status === 401 && error.code === 'unauthenticated' && bearer;
    if (!refused) throw error;
    const renewed = await token.renew(askForTokens, bearer);
    if (!renewed) throw error;
    return exchange(method, address, body, options, renewed);
  }
}

/**
 * @param {string} method
 * @param {string} address
 * @param {unknown} body
 * @param {Options} options
 * @param {string | null} bearer
 * @returns {Promise<Answer>}
 */
async function exchange(method, address, body, { signal, key, timeout = TIMEOUT_MS }, bearer) {
  const headers = new Headers({ 'Accept-Language': locale });
  if (bearer) headers.set('Authorization', `Bearer ${bearer}`);
  if (key) headers.set('Idempotency-Key', key);
  const form = body instanceof FormData;
  if (body !== undefined && !form) headers.set('Content-Type', 'application/json');
  const deadline = AbortSignal.timeout(timeout);
  try {
    const response = await fetch(BASE + address, { method, headers, credentials: 'same-origin',
      body: body === undefined ? undefined : form ? body : JSON.stringify(body),
      signal: signal ? AbortSignal.any([signal, deadline]) : deadline });
    return await readAnswer(response);
  } catch (error) {
    throw isAbort(error) ? error : asProblem(error);
  }
}

/** @param {Response} response @returns {Promise<Answer>} */
async function readAnswer(response) {
  const text = await response.text();
  if (!response.ok) throw parseProblem(response, text);
  const { status, headers } = response;
  if (!text) return { status, headers, data: undefined };
  if (!headers.get('Content-Type')?.includes('json')) return { status, headers, data: text };
  try {
    return { status, headers, data: JSON.parse(text) };
  } catch {
    throw new Problem({ status, code: 'unreadable_answer' });
  }
}

/** @returns {Promise<token.Tokens | null>} null when the log-in is over */
async function askForTokens() {
  try {
    return (await exchange('POST', '/user/refresh', {}, {}, null)).data;
  } catch (error) {
    if (error instanceof Problem && (error.status === 401 || error.status === 403 || error.status === 422)) return null;
    throw error;
  }
}

/**
 * The bare response of a GET, for what is read as it comes: event streams, files. Refusals are thrown.
 * @param {string} path
 * @param {Options & {accept?: string}} [options]
 */
async function open(path, { signal, accept = '*/*', ...options } = {}) {
  const bearer = await token.bearer(askForTokens);
  const headers = { Accept: accept, 'Accept-Language': locale, ...(bearer ? { Authorization: `Bearer ${bearer}` } : {}) };
  const response = await fetch(BASE + addressOf(path, options), { signal, headers })
    .catch((error) => { throw isAbort(error) ? error : asProblem(error); });
  if (!response.ok) throw parseProblem(response, await response.text());
  return response;
}

/** @param {number} ms @param {AbortSignal} [signal] @returns {Promise<void>} */
export const pause = (ms, signal) => new Promise((resolve, reject) => {
  const timer = setTimeout(resolve, ms);
  signal?.addEventListener('abort', () => { clearTimeout(timer); reject(signal.reason); }, { once: true });
});

export const api = { get, post, put, delete: del, send, open };
