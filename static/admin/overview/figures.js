/** Figures of the overview, pure. */

/** @typedef {import('../../types/api.js').Stats} Stats */
/** @typedef {{revenue: number, orders: number, users: number, refunds: number}} Sums */

/** The middle of a day of the statistics: the same date in every time zone that people live in. @param {string} day `2026-11-22` */
export const noonOf = (day) => Date.parse(`${day}T12:00:00Z`);

/**
 * How much more or less than before, as a ratio; null when there was nothing before.
 * @param {number} now
 * @param {number} before
 */
export const change = (now, before) => (before > 0 ? now / before - 1 : null);

/** Places of the days on which a sale ran. @param {Stats} stats @returns {Set<number>} */
export function saleDays(stats) {
  const places = new Set();
  for (const sale of stats.sales ?? []) {
    stats.revenue.forEach(({ day }, i) => {
      if (day >= sale.starts_at.slice(0, 10) && day <= sale.ends_at.slice(0, 10)) places.add(i);
    });
  }
  return places;
}

/** The place of the highest figure. @param {number[]} values */
export const highest = (values) => values.reduce((best, value, i) => (value > values[best] ? i : best), 0);

/** At most four words below the axis: first, two between, last. @param {number} count @returns {number[]} */
export function tickPlaces(count) {
  if (count <= 4) return Array.from({ length: count }, (_, i) => i);
  return [0, Math.round((count - 1) / 3), Math.round((2 * (count - 1)) / 3), count - 1];
}

/** @typedef {{invariant: string, subject: string, detail: string}} Breach */
/** @typedef {{running: boolean, last: null | {finished_at: string, clean: boolean | null, report: null | {breaches: Breach[], checked?: {rows?: Record<string, number>}}}}} AuditAnswer */
/** @typedef {{state: 'never' | 'running' | 'clean' | 'breached' | 'failed', at: string | null, breaches: Breach[], rows: number | null}} Audit */

/** What the last audit found, and whether another one runs. @param {AuditAnswer} answer @returns {Audit} */
export function readAudit({ running, last }) {
  const rows = last?.report?.checked?.rows;
  const found = { at: last?.finished_at ?? null, breaches: last?.report?.breaches ?? [], rows: rows ? Object.values(rows).reduce((sum, n) => sum + n, 0) : null };
  if (running) return { ...found, state: 'running' };
  if (!last) return { ...found, state: 'never' };
  return { ...found, state: last.clean === null ? 'failed' : last.clean ? 'clean' : 'breached' };
}
