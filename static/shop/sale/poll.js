/** How often the page asks how the sale stands: often while it runs, seldom when it is far, never while nobody looks. */
import { isOver } from './phase.js';

/** @typedef {import('./phase.js').Phase} Phase */

const SEC = 1000, MIN = 60 * SEC;
const EACH_MS = 2 * SEC;
const SLOWEST_MS = 30 * SEC;

/**
 * Ms until the next question. Spread, so that pages which opened at the same instant do not ask at the same instant; none
 * falls into the second after the start, when the claims come: the clock opens the desk without asking.
 * @param {object} at
 * @param {Phase} at.phase
 * @param {number} at.untilStart ms
 * @param {number} at.sinceEnd ms; negative before
 * @param {boolean} [at.calm] the visitor has what there is to have
 * @param {number} [at.failures] in a row
 * @param {number | null} [at.retryAfter] seconds
 * @param {number} luck 0–1
 */
export function pauseBefore({ phase, untilStart, sinceEnd, calm = false, failures = 0, retryAfter = null }, luck) {
  if (failures) return Math.max((retryAfter ?? 0) * SEC, Math.min(SLOWEST_MS, EACH_MS * 2 ** Math.min(failures - 1, 4))) * (1 + luck / 2);
  return spread(intervalOf(phase, untilStart, sinceEnd, calm), untilStart, luck);
}

/** @param {number} usual ms @param {number} untilStart ms until the next sale opens, or less than 0 @param {number} luck 0–1 */
export function spread(usual, untilStart, luck) {
  const ms = usual * (0.75 + luck / 2);
  return untilStart > 0 && ms > untilStart ? untilStart + SEC + luck * EACH_MS : ms;
}

/** @param {Phase} phase @param {number} untilStart @param {number} sinceEnd @param {boolean} calm */
function intervalOf(phase, untilStart, sinceEnd, calm) {
  if (isOver(phase)) return sinceEnd >= 0 && sinceEnd < 10 * SEC ? 4 * SEC : MIN; // shortly after the end the last figures come in
  if (phase === 'upcoming') return untilStart > 60 * MIN ? 2 * MIN : MIN;
  if (phase === 'warming') return untilStart > MIN ? 15 * SEC : 5 * SEC;
  return calm ? 10 * SEC : EACH_MS;
}

/**
 * Asks again and again, each time as long after the answer as `wait` says.
 * @param {object} what
 * @param {(signal: AbortSignal) => Promise<void>} what.ask
 * @param {() => number} what.wait
 * @param {() => boolean} what.watching whether somebody looks
 */
export function startPolling({ ask, wait, watching }) {
  const stopped = new AbortController(), { signal } = stopped;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let asking = false;

  async function turn() {
    if (asking || signal.aborted) return;
    if (!watching()) return; // `nudge` comes when somebody looks again
    asking = true;
    try { await ask(signal); } finally { asking = false; }
    plan(wait());
  }
  /** @param {number} ms */
  function plan(ms) {
    clearTimeout(timer);
    if (!signal.aborted) timer = setTimeout(turn, ms);
  }
  plan(wait());
  return {
    /** Asks soon, such as when the page is looked at again. @param {number} [ms] */
    nudge: (ms = Math.random() * 500) => { if (!asking) plan(ms); },
    stop() { clearTimeout(timer); stopped.abort(); },
  };
}
