/** Percentages as people type them, to the hundredth: basis points. */

const WHOLE = 10_000;

/** What was typed, in basis points, 0–100 %; null when it is no such percentage. Takes a comma as the decimal mark. @param {string} text @returns {number | null} */
export function parsePercent(text) {
  const match = /^(\d{1,3})(?:\.(\d{1,2}))?$/.exec(text.normalize('NFKC').replace(/[\s%]/g, '').replace(',', '.'));
  if (!match) return null;
  const points = Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'));
  return points <= WHOLE ? points : null;
}

/** Basis points as people type them into a field: 1250 is `12.5`. @param {number} points */
export const percentInput = (points) => String(points / 100);
