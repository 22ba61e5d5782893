/** Pages around the current one; null is a gap. @param {number} page @param {number} last @returns {(number | null)[]} */
export function pageNumbers(page, last) {
  const near = new Set([1, page - 1, page, page + 1, last].filter((n) => n >= 1 && n <= last));
  const sorted = [...near].sort((a, b) => a - b);
  return sorted.flatMap((n, i) => (i && n - sorted[i - 1] > 1 ? [null, n] : [n]));
}
