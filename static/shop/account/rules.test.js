import assert from 'node:assert/strict';
import test from 'node:test';
import { passwordFault, pinFault, userNameFault } from './rules.js';

test('user names have 3 to 32 letters and digits of any script, and a few signs', () => {
  for (const name of ['bob', 'alice_m', 'Ｂｏｂ', '王小明', 'たなか', 'ольга', 'a.b-c', 'नमस्ते']) assert.equal(userNameFault(name), null, name);
  assert.equal(userNameFault('al'), 'too_short');
  assert.equal(userNameFault('x'.repeat(33)), 'too_long');
  for (const name of ['a b c', 'alice!', 'me@home', '🦬🦬🦬']) assert.equal(userNameFault(name), 'characters', name);
});

test('passwords are counted in characters, and are not the user name', () => {
  assert.equal(passwordFault('1234567'), 'too_short');
  assert.equal(passwordFault('🦬'.repeat(8)), null);
  assert.equal(passwordFault('x'.repeat(257)), 'too_long');
  assert.equal(passwordFault('Montgomery', 'montgomery'), 'too_common');
  assert.equal(passwordFault('correct horse', 'montgomery'), null);
});

test('PINs have 6 to 32 characters', () => {
  assert.equal(pinFault('12345'), 'too_short');
  assert.equal(pinFault('１２３４５６'), null);
  assert.equal(pinFault('1'.repeat(33)), 'too_long');
});
