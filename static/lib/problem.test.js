import assert from 'node:assert/strict';
import test from 'node:test';
import { asProblem, parseProblem, retryAfterSeconds } from './problem.js';

/** @param {number} status @param {Record<string, string>} [headers] */
const answer = (status, headers = {}) => ({ status, headers: new Headers(headers) });

test('a problem keeps its code, fields, pause and request', () => {
  const body = JSON.stringify({ status: 422, code: 'invalid_field', detail: 'no', request_id: 'r1', errors: [{ field: 'phone', code: 'too_few_digits' }] });
  const problem = parseProblem(answer(422, { 'Retry-After': '3' }), body);
  assert.equal(problem.code, 'invalid_field');
  assert.equal(problem.field('phone')?.code, 'too_few_digits');
  assert.equal(problem.field('name'), null);
  assert.equal(problem.retryAfter, 3);
  assert.equal(problem.requestId, 'r1');
});

test('members beyond the standard are kept', () => {
  assert.deepEqual(parseProblem(answer(409), '{"code":"limit_reached","order_ids":["a"]}').more, { order_ids: ['a'] });
});

test('a proxy speaks in its own words', () => {
  assert.equal(parseProblem(answer(502), '<h1>Bad Gateway</h1>').code, 'unavailable');
  assert.equal(parseProblem(answer(429), '').code, 'rate_limited');
  assert.equal(parseProblem(answer(500), 'oops').code, 'internal');
});

test('a pause is seconds or a date', () => {
  assert.equal(retryAfterSeconds('7'), 7);
  assert.equal(retryAfterSeconds('Thu, 01 Jan 1970 00:00:10 GMT', 4000), 6);
  assert.equal(retryAfterSeconds('soon'), null);
  assert.equal(retryAfterSeconds(null), null);
});

test('what never arrived is a problem, too', () => {
  assert.equal(asProblem(new TypeError('Failed to fetch')).code, 'no_answer');
  assert.equal(asProblem(new DOMException('late', 'TimeoutError')).code, 'timeout');
  assert.ok(asProblem(new TypeError('x')).unknownOutcome);
});
