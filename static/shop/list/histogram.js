/** Where the prices of what was found lie, as bars. */

/** @typedef {{from: number, to?: number | null, count: number}} PriceRange */
/** @typedef {{height: number, inside: boolean}} Bar `height` from 0 to 1 */

const BARS = 12;
/** An open end reaches as far again as the range before it does, within reason. */
const [LEAST, MOST] = [1.5, 4];

/**
 * The API gives a few ranges of unequal width with about equally many things each: the narrower a range, the more things
 * lie at each price in it. Prices are laid out by ratio, as people compare them, so that $10 to $20 is as wide as
 * $100 to $200.
 * @param {PriceRange[]} ranges in ascending order, from 0 to an open end
 * @param {{min: number | null, max: number | null}} chosen
 * @returns {Bar[]} none where there is too little to compare
 */
export function bars(ranges, { min, max }) {
  const edges = ranges.slice(1).map((range) => range.from);
  if (edges.length < 2) return []; // two steps would be no picture
  const last = edges[edges.length - 1], before = edges[edges.length - 2];
  const reach = Math.min(Math.max(last / before, LEAST), MOST);
  const low = edges[0] / reach, high = last * reach, step = Math.log(high / low) / BARS;
  const density = Array.from({ length: BARS }, (_, i) => share(ranges, low, high, low * Math.exp(i * step), low * Math.exp((i + 1) * step)));
  const tallest = Math.max(...density);
  return density.map((value, i) => ({ height: tallest ? value / tallest : 0,
    inside: (min === null || low * Math.exp((i + 1) * step) > min || i === BARS - 1) && (max === null || low * Math.exp(i * step) < max || i === 0) }));
}

/** How many things lie between two prices, if those of a range are spread evenly. @param {PriceRange[]} ranges @param {number} low @param {number} high @param {number} from @param {number} to */
function share(ranges, low, high, from, to) {
  let sum = 0;
  for (const range of ranges) {
    const start = Math.max(range.from, low), end = Math.min(range.to ?? high, high);
    const common = Math.log(Math.min(end, to)) - Math.log(Math.max(start, from));
    if (end > start && common > 0) sum += (range.count * common) / Math.log(end / start);
  }
  return sum;
}
