/** Reads a table as the shop does, to show it: the file itself is what is sent. Pure. */

/** @typedef {{line: number, cells: string[]}} Row `line`: of the file, from 1, where it begins */

const SEPARATORS = [',', ';', '\t', '|'];

/** The separator that the first line has most of; quoted cells do not count. @param {string} head */
function separatorOf(head) {
  const told = /^sep=(.)\r?\n?$/i.exec(head);
  if (told) return told[1];
  const bare = head.replace(/"(?:[^"]|"")*"/g, '');
  return SEPARATORS.reduce((best, one) => (bare.split(one).length > bare.split(best).length ? one : best));
}

/**
 * The rows that are not blank.
 * @param {string} text
 * @returns {Row[]}
 */
export function readCsv(text) {
  const plain = text.replace(/^\uFEFF/, ''), head = plain.slice(0, (plain.search(/[\r\n]/) + 1 || plain.length + 1) - 1);
  const separator = separatorOf(head), told = /^sep=/i.test(head);
  /** @type {Row[]} */
  const rows = [];
  let cells = /** @type {string[]} */ ([]), cell = '', quoted = false, line = 1, begin = 1, i = 0;
  const endCell = () => { cells.push(cell); cell = ''; };
  const endRow = () => {
    endCell();
    if (cells.some((one) => one.trim())) rows.push({ line: begin, cells });
    cells = [];
    begin = line;
  };
  for (; i < plain.length; i += 1) {
    const c = plain[i], newline = c === '\n' || c === '\r';
    if (newline && c === '\r' && plain[i + 1] === '\n') i += 1;
    if (newline) line += 1;
    if (quoted) {
      if (c === '"' && plain[i + 1] === '"') { cell += '"'; i += 1; } else if (c === '"') quoted = false;
      else cell += newline ? '\n' : c;
    } else if (c === '"' && cell === '') quoted = true;
    else if (c === separator) endCell();
    else if (newline) endRow();
    else cell += c;
  }
  if (cell || cells.length) endRow();
  return told ? rows.slice(1) : rows;
}

/** @typedef {{line: number, column: string, value: string, detail: string}} SheetFault */

/**
 * What is shown of the table: all of it when it is short, else the rows with faults, else the first ones.
 * @param {Row[]} rows without the head
 * @param {SheetFault[]} faults
 * @param {number} most
 * @returns {{rows: Row[], kind: 'all' | 'faulty' | 'first'}}
 */
export function shownRows(rows, faults, most) {
  if (rows.length <= most) return { rows, kind: 'all' };
  if (!faults.length) return { rows: rows.slice(0, most), kind: 'first' };
  const faulty = new Set(faults.map((fault) => rowOf(rows, fault.line)));
  return { rows: rows.filter((row) => faulty.has(row)), kind: 'faulty' };
}

/** The row that a line of the file is part of. @param {Row[]} rows @param {number} line @returns {Row | undefined} */
export const rowOf = (rows, line) => rows.findLast((row) => row.line <= line);

/** Reasons of the shop that have words in each language; the key of a text of adminImport. @type {[RegExp, string][]} */
const REASONS = [[/at most the price/, 'above'], [/at most .*(characters|bytes)/, 'long'], [/above 0/, 'zero'], [/between 0 and/, 'range'], [/blank/, 'blank'], [/control characters/, 'characters'], [/whole number/, 'number'],
  [/neither true nor false/, 'bool'], [/there is no product/, 'product'], [/needs one/, 'needed'], [/first line/, 'differs'], [/not one of the product/, 'sku'], [/option twice/, 'option'], [/there twice/, 'twice'], [/own language/, 'language'], [/column has no name/, 'column'], [/at most 100 SKUs/, 'many']];

/** @param {string} detail @returns {string} `above`, `long` …; `other` when it is none of them */
export const reasonOf = (detail) => REASONS.find(([pattern]) => pattern.test(detail))?.[1] ?? 'other';
