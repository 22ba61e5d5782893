import assert from 'node:assert/strict';
import test from 'node:test';
import { readCsv, reasonOf, rowOf, shownRows } from './csv.js';

test('tables of spreadsheets are read with their lines', () => {
  assert.deepEqual(readCsv('\uFEFFid;name\r\n1;"A ""B"";\r\nC"\r\n\r\n;D'), [{ line: 1, cells: ['id', 'name'] }, { line: 2, cells: ['1', 'A "B";\nC'] }, { line: 5, cells: ['', 'D'] }]);
  assert.deepEqual(readCsv('sep=|\na|b\n1|2')[1], { line: 3, cells: ['1', '2'] });
  assert.deepEqual(readCsv('a,b\n1,2\n').map((row) => row.cells), [['a', 'b'], ['1', '2']]);
  assert.deepEqual(readCsv(''), []);
});

test('of a long table the rows with faults are shown', () => {
  const rows = Array.from({ length: 500 }, (_, i) => ({ line: i + 2, cells: [String(i)] }));
  const fault = { line: 300, column: 'price', value: 'x', detail: 'is not a whole number' };
  assert.equal(rowOf(rows, 300)?.cells[0], '298');
  assert.deepEqual(shownRows(rows, [fault], 100).rows.map((row) => row.line), [300]);
  assert.equal(shownRows(rows, [], 100).kind, 'first');
  assert.equal(shownRows(rows.slice(0, 9), [fault], 100).kind, 'all');
});

test('reasons have words', () => {
  assert.equal(reasonOf('must be at most 128 characters'), 'long');
  assert.equal(reasonOf('must be at most the price'), 'above');
  assert.equal(reasonOf('something new'), 'other');
});
