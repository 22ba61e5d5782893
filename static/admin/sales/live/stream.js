/** The event stream of a sale, opened again whenever it breaks off. */
import { useEffect, useRef, useState } from '../../../lib/html.js';
import { pause } from '../../../lib/api.js';
import { asProblem, isAbort } from '../../../lib/problem.js';
import { listen } from '../../../lib/stream.js';
import { EMPTY, hear, note } from './history.js';

/** @typedef {import('./history.js').History} History */
/** @typedef {import('../../../lib/problem.js').Problem} Problem */
/**
 * @typedef {object} Link
 * @property {'opening' | 'open' | 'broken' | 'refused'} state
 * @property {number} tryAt performance.now() of the next attempt, when broken
 * @property {Problem | null} error
 */

const FIRST_WAIT_MS = 1000, LONGEST_WAIT_MS = 15_000;
/** Events come once a second: a stream that is silent this long is dead, whatever the network says. */
const SILENT_MS = 6000;
/** What waiting does not cure. */
const FINAL = new Set([401, 403, 404]);

/**
 * @param {string} id
 * @param {number} opens when the sale opens, ms
 * @returns {{history: History, link: Link, heardAt: number, retry: () => void, tell: (happening: import('./history.js').Happening) => void}}
 */
export function useLive(id, opens) {
  const [history, setHistory] = useState(EMPTY), [link, setLink] = useState(/** @type {Link} */ ({ state: 'opening', tryAt: 0, error: null }));
  const [round, setRound] = useState(0), heardAt = useRef(0), opening = useRef(opens);
  opening.current = opens;
  useEffect(() => {
    const stop = new AbortController();
    void follow({ id, signal: stop.signal, setLink, hearOne: (event, fresh) => {
      heardAt.current = performance.now();
      setHistory((old) => hear(old, event, { fresh, opens: opening.current }));
    } });
    return () => stop.abort();
  }, [id, round]);
  return { history, link, heardAt: heardAt.current, retry: () => setRound((n) => n + 1), tell: (happening) => setHistory((old) => note(old, happening)) };
}

/** @param {{id: string, signal: AbortSignal, setLink: (link: Link) => void, hearOne: (event: any, fresh: boolean) => void}} options */
async function follow({ id, signal, setLink, hearOne }) {
  let wait = FIRST_WAIT_MS;
  while (!signal.aborted) {
    const error = await once(id, signal, (event, fresh) => {
      if (fresh) setLink({ state: 'open', tryAt: 0, error: null });
      wait = FIRST_WAIT_MS;
      hearOne(event, fresh);
    });
    if (signal.aborted) return;
    if (error && FINAL.has(error.status)) { setLink({ state: 'refused', tryAt: 0, error }); return; }
    const delay = Math.max(wait * (0.8 + Math.random() * 0.4), (error?.retryAfter ?? 0) * 1000);
    setLink({ state: 'broken', tryAt: performance.now() + delay, error });
    wait = Math.min(wait * 2, LONGEST_WAIT_MS);
    await pause(delay, signal).catch(() => {});
  }
}

/**
 * One connection, until it ends, fails or falls silent.
 * @param {string} id @param {AbortSignal} signal @param {(event: any, fresh: boolean) => void} hearOne @returns {Promise<Problem | null>}
 */
async function once(id, signal, hearOne) {
  const silent = new AbortController();
  let timer = setTimeout(() => silent.abort(), SILENT_MS * 2), fresh = true;
  try {
    await listen('/admin/seckill/{id}/live', (name, data) => {
      if (name !== 'second') return;
      clearTimeout(timer);
      timer = setTimeout(() => silent.abort(), SILENT_MS);
      hearOne(data, fresh);
      fresh = false;
    }, { params: { id }, signal: AbortSignal.any([signal, silent.signal]) });
    return null;
  } catch (error) {
    return isAbort(error) ? null : asProblem(error);
  } finally {
    clearTimeout(timer);
  }
}
