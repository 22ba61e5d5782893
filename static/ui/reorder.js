/** The list with one entry moved to another place. @template T @param {readonly T[]} list @param {number} from @param {number} to @returns {T[]} */
export function moved(list, from, to) {
  const out = [...list], place = Math.min(Math.max(to, 0), list.length - 1);
  out.splice(place, 0, ...out.splice(from, 1));
  return out;
}

/** Where an arrow key moves an entry; null for other keys. @param {string} key @param {number} at @param {number} count */
export function placeByKey(key, at, count) {
  const to = { ArrowLeft: at - 1, ArrowUp: at - 1, ArrowRight: at + 1, ArrowDown: at + 1, Home: 0, End: count - 1 }[key];
  return to === undefined ? null : Math.min(Math.max(to, 0), count - 1);
}
