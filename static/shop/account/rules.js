/** The rules of names, passwords and PINs, so that a form can tell before it asks. The shop decides. */

/** @typedef {'too_short' | 'too_long' | 'characters' | 'too_common'} Fault */

/** Characters as the shop counts them: of the composed form, not UTF-16 units. @param {string} text */
export const length = (text) => [...text.normalize('NFKC')].length;

/** @param {string} text @param {number} least @param {number} most @returns {Fault | null} */
function lengthFault(text, least, most) {
  const n = length(text);
  return n < least ? 'too_short' : n > most ? 'too_long' : null;
}

/** @param {string} name @returns {Fault | null} */
export function userNameFault(name) {
  return lengthFault(name, 3, 32) ?? (/^[\p{L}\p{M}\p{N}_.-]+$/u.test(name.normalize('NFKC')) ? null : 'characters');
}

/** @param {string} password @param {string} [userName] @returns {Fault | null} */
export function passwordFault(password, userName = '') {
  const same = userName !== '' && password.normalize('NFKC').toLowerCase() === userName.normalize('NFKC').toLowerCase();
  return lengthFault(password, 8, 256) ?? (same ? 'too_common' : null);
}

/** @param {string} pin @returns {Fault | null} */
export const pinFault = (pin) => lengthFault(pin, 6, 32);
