/** What the shop's answer to a claim means for the press that waits for it. Pure. */

/** @typedef {import('../../lib/problem.js').Problem} Problem */
/** @typedef {import('./machine.js').Reason} Reason */

/**
 * `again`: nobody knows the outcome, the same key asks once more. `early`: the gate is shut yet. `wait`: nothing changed,
 * the button comes back. `late`: others were first. `closed`: the sale is in another state. The rest are outcomes.
 * @typedef {{kind: 'again', afterMs: number | null} | {kind: 'early', afterMs: number} | {kind: 'wait', afterMs: number, cause: 'fast' | 'crowd'}
 *   | {kind: 'late'} | {kind: 'closed', state: 'paused' | 'ended' | 'cancelled'} | {kind: 'limit', orderIds: string[]}
 *   | {kind: 'refused', reason: Reason, code: string} | {kind: 'login'}} Meaning
 */

const WAIT_SECS = 2;

/**
 * @param {Problem} problem
 * @param {boolean} unsure an earlier sending of this key went unanswered: what changes nothing settles nothing either
 * @returns {Meaning}
 */
export function meaningOf(problem, unsure) {
  const afterMs = problem.retryAfter === null ? null : problem.retryAfter * 1000;
  const meaning = plainly(problem, afterMs);
  const settlesNothing = meaning.kind === 'wait' || meaning.kind === 'early' || (meaning.kind === 'closed' && meaning.state === 'paused');
  return unsure && settlesNothing ? { kind: 'again', afterMs } : meaning;
}

/** @param {Problem} problem @param {number | null} afterMs @returns {Meaning} */
function plainly(problem, afterMs) {
  const { status, code } = problem;
  if (status === 425) return { kind: 'early', afterMs: afterMs ?? 1000 };
  if (status === 429) return { kind: 'wait', afterMs: afterMs ?? WAIT_SECS * 1000, cause: 'fast' };
  if (code === 'sale_paused') return { kind: 'closed', state: 'paused' };
  // The shop's own 503 says when to come back; one without that is some proxy's, and tells nothing of the claim.
  if (status === 503 && afterMs !== null) return { kind: 'wait', afterMs, cause: 'crowd' };
  if (problem.unknownOutcome) return { kind: 'again', afterMs };
  if (code === 'sold_out') return { kind: 'late' };
  if (code === 'sale_ended') return { kind: 'closed', state: 'ended' };
  if (code === 'sale_cancelled') return { kind: 'closed', state: 'cancelled' };
  if (code === 'limit_reached') return { kind: 'limit', orderIds: Array.isArray(problem.more.order_ids) ? problem.more.order_ids : [] };
  if (status === 401) return { kind: 'login' };
  return { kind: 'refused', reason: reasonOf(problem), code };
}

/** @param {Problem} problem @returns {Reason} */
function reasonOf(problem) {
  if (problem.status === 404 && problem.field('address_id')) return 'address_gone';
  return reasonByCode(problem.code);
}

/** @param {string | null | undefined} code of a problem or of a refused ticket @returns {Reason} */
export function reasonByCode(code) {
  if (code === 'ticket_lost' || code === 'address_required') return code;
  return code === 'address_not_found' ? 'address_gone' : 'other';
}

/** How long an unanswered question waits before it is asked again. @param {number} tries so far @param {number} luck 0–1 */
export const backoff = (tries, luck) => Math.min(5000, 400 * 2 ** Math.min(tries, 6)) * (0.75 + luck / 2);
