import assert from 'node:assert/strict';
import test from 'node:test';
import { moneyInput, parseMoney } from '../../lib/money-input.js';
import { toLocal } from '../sales/form.js';
import { changes, readForm, stateOf, typedOf } from './form.js';

const NOW = Date.parse('2026-03-14T12:00:00Z'), HOUR = 3_600_000;
/** @type {any} */
const spring = { id: 3, name: 'Spring', code: 'SPRING', kind: 'percent', value: 1_250, buy: null, get: null, min_items: 5_000, category_ids: [4, 2], product_ids: null,
  starts_at: '2026-03-14T12:00:00.123Z', ends_at: null, usage_limit: 100, per_user_limit: 1, used: 7, combinable: true, enabled: true, created_at: '2026-03-01T00:00:00.000Z' };
const input = (/** @type {number} */ minor) => moneyInput(minor, 'USD'), money = (/** @type {string} */ text) => parseMoney(text, 'USD');
const read = (/** @type {any} */ patch = {}, /** @type {any} */ promotion = null) => readForm({ ...typedOf(promotion, input), ...patch }, { promotion, parseMoney: money });

test('a promotion goes through its form unchanged', () => {
  const { faults, wanted } = read({}, spring);
  assert.deepEqual(faults, {});
  assert.ok(wanted);
  assert.deepEqual(changes(wanted, spring), {});
});

test('a change sends what was changed, a kind with its values', () => {
  const renamed = read({ name: 'Summer', shelves: [2, 4] }, spring).wanted;
  assert.ok(renamed);
  assert.deepEqual(changes(renamed, spring), { name: 'Summer' });
  const bundle = read({ kind: 'buy_x_get_y', buy: '2', get: '1', opens: '', each: '' }, spring).wanted;
  assert.ok(bundle);
  assert.deepEqual(changes(bundle, spring), { kind: 'buy_x_get_y', value: 0, buy: 2, get: 1, starts_at: null, per_user_limit: null });
});

test('each kind asks for what it needs, and for nothing else', () => {
  assert.deepEqual(Object.keys(read({ name: 'A', code: 'A' }).faults), ['percent']);
  assert.deepEqual(Object.keys(read({ name: 'A', code: 'A', kind: 'amount' }).faults), ['amount']);
  assert.deepEqual(Object.keys(read({ name: 'A', code: 'A', kind: 'buy_x_get_y', get: '100' }).faults), ['buy', 'get']);
  assert.deepEqual(read({ name: 'A', code: 'A', kind: 'free_shipping' }).faults, {});
  assert.equal(read({ name: 'A', byCode: false, code: '', kind: 'amount', amount: '5' }).wanted?.code, null);
});

test('what is typed wrong is told where it stands', () => {
  const faults = read({ name: ' ', code: 'TWO WORDS', percent: '0', least: 'x', shelves: [], goods: Array.from({ length: 101 }, (_, i) => i), uses: '0', each: '-1',
    opens: toLocal(NOW), closes: toLocal(NOW) }).faults;
  assert.deepEqual(Object.entries(faults).map(([name, fault]) => `${name} ${fault?.key}`), ['name needName', 'code needCode', 'percent needPercent', 'least needLeast',
    'shelves needShelves', 'goods tooMany', 'closes closesFirst', 'uses needLimit', 'each needLimit']);
  assert.deepEqual(read({ uses: '6' }, spring).faults.uses, { key: 'belowUsed', params: { n: 7 } });
});

test('a promotion stands where its switch, its time and its uses put it', () => {
  const at = (/** @type {any} */ patch) => stateOf({ ...spring, ...patch }, NOW + 1000);
  assert.equal(at({}), 'on');
  assert.equal(at({ enabled: false, used: 100 }), 'off');
  assert.equal(at({ used: 100 }), 'used_up');
  assert.equal(at({ ends_at: new Date(NOW).toISOString() }), 'ended');
  assert.equal(at({ starts_at: new Date(NOW + HOUR).toISOString() }), 'coming');
});
