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

/**
 * The last audit, out of the answer or of the report that the command line prints.
 * @param {any} answer
 * @returns {{state: 'never' | 'running' | 'clean' | 'breached' | 'failed', at: string | null, breaches: number, rows: number | null}}
 */
export function readAudit(answer) {
  const last = answer?.last ?? answer?.result ?? answer?.report ?? answer ?? {};
  const at = last.finished_at ?? last.at ?? answer?.finished_at ?? answer?.at ?? null;
  const rows = last.checked?.rows ?? last.rows ?? null;
  const sum = typeof rows === 'number' ? rows : rows ? Object.values(rows).reduce((all, n) => all + Number(n), 0) : null;
  const breaches = Array.isArray(last.breaches) ? last.breaches.length : Number(last.breaches ?? 0);
  const running = answer?.running === true || answer?.state === 'running' || answer?.status === 'running';
  const known = typeof last.clean === 'boolean';
  const failed = !known && (answer?.error || answer?.state === 'failed' || answer?.status === 'failed');
  const state = running ? 'running' : known ? (last.clean ? 'clean' : 'breached') : failed ? 'failed' : 'never';
  return { state, at, breaches, rows: sum };
}
