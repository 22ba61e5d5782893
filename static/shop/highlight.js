/** Where the words of a search stand in a text. */

/** @typedef {{text: string, hit: boolean}} Part */

const CJK = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]/u;
const SHORTEST = 3;

/** Parts of a text, those that were looked for marked. @param {string} text @param {string} words @returns {Part[]} */
export function highlight(text, words) {
  const { folded, places } = fold(text);
  /** @type {boolean[]} */
  const hits = [];
  for (const word of words.normalize('NFKC').split(/[\s,、，]+/).filter(Boolean)) markWord(folded, places, fold(word).folded, hits);
  /** @type {Part[]} */
  const parts = [];
  [...text].forEach((letter, i) => {
    const hit = Boolean(hits[i]), last = parts[parts.length - 1];
    if (last && last.hit === hit) last.text += letter;
    else parts.push({ text: letter, hit });
  });
  return parts;
}

/** @param {string} folded @param {number[]} places @param {string} word @param {boolean[]} hits */
function markWord(folded, places, word, hits) {
  for (const piece of piecesOf(folded, word)) {
    for (let at = folded.indexOf(piece); at >= 0; at = folded.indexOf(piece, at + piece.length)) {
      for (let i = at; i < at + piece.length; i += 1) hits[places[i]] = true;
    }
  }
}

/**
 * The word itself where the text has it; else what search may have found it by: a word without its ending, or pairs of
 * letters in scripts that put no spaces between words.
 * @param {string} folded @param {string} word @returns {string[]}
 */
function piecesOf(folded, word) {
  if (!word) return [];
  if (folded.includes(word)) return [word];
  if (CJK.test(word)) return pairs(word).filter((pair) => folded.includes(pair));
  for (const cut of [1, 2]) {
    const stem = word.slice(0, -cut);
    if (stem.length >= SHORTEST && folded.includes(stem)) return [stem];
  }
  return [];
}

/** @param {string} word */
const pairs = (word) => Array.from({ length: Math.max(0, word.length - 1) }, (_, i) => word.slice(i, i + 2));

/**
 * Case, width and Latin accents put aside, with the place in the text that each letter comes from.
 * @param {string} text
 */
function fold(text) {
  let folded = '';
  /** @type {number[]} */
  const places = [];
  [...text].forEach((letter, i) => {
    const plain = letter.normalize('NFKD').replace(/[\u0300-\u036f]/g, '').normalize('NFC').toLowerCase();
    for (let n = 0; n < plain.length; n += 1) places.push(i);
    folded += plain;
  });
  return { folded, places };
}
