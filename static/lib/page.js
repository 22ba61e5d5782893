/** What every page does: its title, its readiness, its data. */
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { asProblem, isAbort } from './problem.js';
import { pageShown } from './router.js';
import { shop } from './shop.js';
import { loadErrorState } from '../ui/error.js';

/** Sooner than this nobody needs to see that something loads. */
const SLOW_MS = 200;

/**
 * Sets the title, and tells that the page is there once `ready` (its first data, its error or its empty state shows).
 * @param {{title: string, ready?: boolean}} page
 */
export function usePage({ title, ready = true }) {
  useLayoutEffect(() => {
    if (title) document.title = `${title} – ${shop.name}`;
  }, [title]);
  useEffect(() => {
    if (ready) pageShown();
  }, [ready]);
}

/** @typedef {import('./problem.js').Problem} Problem */
/**
 * @template T
 * @typedef {object} Load
 * @property {T | undefined} data
 * @property {Problem | null} error
 * @property {boolean} loading
 * @property {boolean} slow loading for longer than 200 ms: time for a skeleton
 * @property {() => void} reload
 * @property {(data: T) => void} set puts a newer answer in place, after a change
 */

/**
 * Loads when `deps` change and forgets what comes too late. `keep` shows the old data until the new is there.
 * @template T
 * @param {((signal: AbortSignal) => Promise<T>) | null} load null: nothing to load yet
 * @param {unknown[]} deps
 * @param {{keep?: boolean}} [options]
 * @returns {Load<T>}
 */
export function useLoad(load, deps, { keep = false } = {}) {
  const idle = load === null;
  const [state, setState] = useState(/** @type {{data?: T, error: Problem | null, loading: boolean, slow: boolean}} */ (
    { error: null, loading: !idle, slow: false }));
  const [round, setRound] = useState(0);
  const latest = useRef(load);
  latest.current = load;
  const lastRound = useRef(round);

  useEffect(() => {
    const run = latest.current;
    if (!run) return undefined;
    // Asked again, what is shown stays, an error too: its button keeps the focus, and nothing flickers.
    const again = lastRound.current !== round;
    lastRound.current = round;
    const abort = new AbortController();
    setState((old) => ({ data: keep || again ? old.data : undefined, error: again ? old.error : null, loading: true, slow: false }));
    const timer = setTimeout(() => setState((old) => ({ ...old, slow: old.loading })), SLOW_MS);
    run(abort.signal).then(
      (data) => { if (!abort.signal.aborted) setState({ data, error: null, loading: false, slow: false }); },
      async (error) => {
        if (!isAbort(error)) await loadErrorState().catch(() => {});
        if (abort.signal.aborted || isAbort(error)) return;
        setState((old) => ({ data: keep ? old.data : undefined, error: asProblem(error), loading: false, slow: false }));
      },
    ).finally(() => clearTimeout(timer));
    return () => { clearTimeout(timer); abort.abort(); };
  }, [...deps, idle, round]);

  const reload = useCallback(() => setRound((n) => n + 1), []);
  const set = useCallback((/** @type {T} */ data) => setState({ data, error: null, loading: false, slow: false }), []);
  return { ...state, data: state.data, reload, set };
}

/**
 * A press that asks the shop for something: one at a time, its problem kept for the place where it arose.
 * @template {any[]} A
 * @param {(...args: A) => Promise<void>} act
 */
export function useAction(act) {
  const [state, setState] = useState(/** @type {{busy: boolean, error: Problem | null}} */ ({ busy: false, error: null }));
  const busy = useRef(false);
  const gone = useRef(false);
  const latest = useRef(act);
  latest.current = act;
  useEffect(() => () => { gone.current = true; }, []);
  const run = useCallback(async (/** @type {A} */ ...args) => {
    if (busy.current) return;
    busy.current = true;
    setState({ busy: true, error: null });
    let error = null;
    try { await latest.current(...args); } catch (thrown) { error = asProblem(thrown); }
    busy.current = false;
    if (!gone.current) setState({ busy: false, error });
  }, []);
  const clear = useCallback(() => setState((old) => ({ ...old, error: null })), []);
  return { run, clear, ...state };
}

/** Renders again every `ms`, aligned to nothing; for countdowns. @param {number} ms @param {boolean} [on] */
export function useTick(ms, on = true) {
  const [, set] = useState(0);
  useEffect(() => {
    if (!on) return undefined;
    const timer = setInterval(() => set((n) => n + 1), ms);
    return () => clearInterval(timer);
  }, [ms, on]);
}
