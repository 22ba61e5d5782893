/**
 * One press, until its outcome is known. The key is written down before anything is sent, so that a second press, a reload,
 * a time-out or a lost network asks for the same unit again and never for another one.
 */
import { forget, isPending, keyFor } from '../../lib/idempotency.js';
import { asProblem, isAbort, retryAfterSeconds } from '../../lib/problem.js';
import { backoff, meaningOf, reasonByCode } from './answers.js';

/** @typedef {import('./machine.js').Claim} Claim */
/** @typedef {import('./machine.js').Order} Order */
/** @typedef {{since: number, addressId: number | null, ticket?: string, unsure?: boolean}} Kept what this tab remembers of a press */

/**
 * @typedef {object} Tools
 * @property {(key: string, addressId: number | null, signal: AbortSignal) => Promise<import('../../lib/api.js').Answer>} send
 * @property {(ticket: string, signal: AbortSignal) => Promise<import('../../lib/api.js').Answer>} look at a ticket
 * @property {(order: Order) => void} won
 * @property {(ids: string[]) => Promise<'full' | 'lapsed' | 'unclear'>} adopt fetches orders that the shop named; whether they explain a refusal
 * @property {(claim: Claim | null) => void} say
 * @property {(state: 'paused' | 'ended' | 'cancelled' | 'sold_out') => void} heard the shop said where the sale stands
 * @property {() => number} now by the shop's clock
 * @property {() => number} untilStart ms by the shop's clock
 * @property {() => void} tooEarly the clock or the start is not what it seemed: ask again for both
 * @property {() => void} loggedOut
 * @property {(ms: number, signal: AbortSignal) => Promise<void>} pause
 * @property {(signal: AbortSignal) => Promise<void>} network ends at once when there is one
 * @property {import('../../lib/idempotency.js').Store} store
 */

/** Older presses are not taken up by themselves: if one was won, the orders tell. */
const TOO_OLD_MS = 10 * 60_000;
/** So much too early the button may be pressed and still asks by itself at the start. */
const EARLY_MS = 3000;

/**
 * @param {number} sale
 * @param {number} user
 * @param {Tools} tools
 */
export function claims(sale, user, tools) {
  const { store, say } = tools;
  const intent = `claim:${sale}:${user}`, place = `stampede_claim:${sale}:${user}`;
  const stopped = new AbortController(), { signal } = stopped;
  let running = false;

  /** @param {Kept} kept */
  const keep = (kept) => { store.set(place, kept); return kept; };
  const settle = () => { forget(intent, store); store.remove(place); };

  /** @param {Kept} kept */
  async function run(kept) {
    running = true;
    try {
      await (kept.ticket ? follow(kept, null) : ask(kept));
    } catch (error) {
      if (!isAbort(error) && !signal.aborted) throw error;
    } finally {
      running = false;
    }
  }

  /** @param {Kept} kept @returns {Promise<void>} */
  async function ask(kept) {
    for (let tries = 0, early = false; ; tries += 1) {
      say({ step: 'asking', since: kept.since, unsure: kept.unsure, early });
      let answer;
      try {
        answer = await tools.send(keyFor(intent, store), kept.addressId, signal);
      } catch (error) {
        if (isAbort(error)) throw error;
        const meaning = meaningOf(asProblem(error), kept.unsure === true);
        if (meaning.kind === 'again') {
          kept = keep({ ...kept, unsure: true });
          say({ step: 'asking', since: kept.since, unsure: true });
          await rest(tries, meaning.afterMs);
        } else if (meaning.kind === 'early' && meaning.afterMs <= EARLY_MS) {
          early = true;
          say({ step: 'asking', since: kept.since, early });
          // Whole seconds of waiting would lose the unit: the start is known to the millisecond.
          await tools.pause(Math.min(meaning.afterMs, Math.max(tools.untilStart(), 60 * 2 ** Math.min(tries, 5)) + 20), signal);
        } else {
          return end(meaning);
        }
        continue;
      }
      if (answer.status !== 202) return win(answer.data);
      return follow(keep({ ...kept, ticket: answer.data.id }), answer);
    }
  }

  /** @param {number} tries @param {number | null} [afterMs] */
  async function rest(tries, afterMs = null) {
    await tools.network(signal);
    await tools.pause(Math.max(afterMs ?? 0, backoff(tries, Math.random())), signal);
  }

  /** @param {Kept} kept @param {import('../../lib/api.js').Answer | null} first the 202, when it has just come @returns {Promise<void>} */
  async function follow(kept, first) {
    const ticket = /** @type {string} */ (kept.ticket);
    let wait = first ? retryAfterSeconds(first.headers.get('Retry-After')) ?? 1 : 0;
    for (let tries = 0; ; tries += 1) {
      say({ step: 'ticket', ticket, since: kept.since });
      if (wait) await tools.pause(wait * 1000, signal);
      let answer;
      try {
        answer = await tools.look(ticket, signal);
      } catch (error) {
        if (isAbort(error)) throw error;
        const problem = asProblem(error);
        if (problem.status === 401) return end({ kind: 'login' });
        if (problem.status === 404) return ask(keep({ since: kept.since, addressId: kept.addressId, unsure: true }));
        await rest(tries, problem.retryAfter === null ? null : problem.retryAfter * 1000);
        wait = 0;
        continue;
      }
      const { state, order_id, reason } = answer.data;
      if (state === 'refused') return end({ kind: 'refused', reason: reasonByCode(reason), code: reason ?? 'unknown' });
      // The key of a won ticket is answered with its order.
      if (state === 'won') return (await tools.adopt([order_id])) === 'unclear' ? ask({ ...kept, ticket: undefined, unsure: true }) : win(null);
      wait = retryAfterSeconds(answer.headers.get('Retry-After')) ?? 1;
    }
  }

  /** @param {Order | null} order null when it is known already */
  function win(order) {
    settle();
    if (order) tools.won(order);
    say(null);
  }

  /** @param {Exclude<import('./answers.js').Meaning, {kind: 'again'}>} meaning */
  async function end(meaning) {
    // Without a log-in nobody may ask, but the press was this visitor's: only its key goes.
    settle();
    if (meaning.kind === 'late') { tools.heard('sold_out'); return say({ step: 'late' }); }
    if (meaning.kind === 'closed') { tools.heard(meaning.state); return say(null); }
    if (meaning.kind === 'wait') return say({ step: 'wait', until: tools.now() + meaning.afterMs, cause: meaning.cause });
    if (meaning.kind === 'early') { tools.tooEarly(); return say(null); }
    if (meaning.kind === 'login') { say(null); return tools.loggedOut(); }
    if (meaning.kind === 'refused') return say({ step: 'refused', reason: meaning.reason, code: meaning.code });
    const told = await tools.adopt(meaning.orderIds);
    if (told === 'full') return say(null);
    // The order that fills the limit is about to be given up: a moment later there is room.
    if (told === 'lapsed') return say({ step: 'wait', until: tools.now() + 2000, cause: 'crowd' });
    return say({ step: 'limit', orderIds: meaning.orderIds });
  }

  return {
    /** Does nothing while an earlier press waits for its outcome. @param {number | null} addressId */
    press(addressId) {
      if (running || signal.aborted) return;
      const kept = isPending(intent, store) ? store.get(place) : null;
      keyFor(intent, store);
      void run(keep(kept ?? { since: tools.now(), addressId }));
    },
    /** Takes up the press of before the reload, if there is one. */
    resume() {
      const kept = /** @type {Kept | null} */ (isPending(intent, store) ? store.get(place) : null);
      if (!kept || running) return;
      if (tools.now() - kept.since > TOO_OLD_MS) return settle();
      void run({ ...kept, unsure: true });
    },
    /** Leaves the press to the shop, to be taken up when the page is opened again. */
    stop: () => stopped.abort(),
  };
}
