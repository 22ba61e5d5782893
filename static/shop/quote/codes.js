/** The codes that a buyer has typed: which are taken, and what a quote says of each. Pure. */

/** @typedef {import('../../types/api.js').Quote} Quote */
/** @typedef {import('../../types/api.js').AppliedPromotion} AppliedPromotion */

export const MOST_CODES = 5;
const LONGEST = 32;

/** One code however it is written: `spring`, `SPRING` and `ＳＰＲＩＮＧ`. @param {string} code */
export const codeKey = (code) => code.normalize('NFKC').toUpperCase().toLowerCase();

/**
 * The codes with the one that was typed, or what is wrong with it.
 * @param {string[]} codes @param {string} typed
 * @returns {{codes: string[], fault?: undefined} | {codes?: undefined, fault: 'codeEmpty' | 'codeBlanks' | 'codeTwice' | 'codeFull'}}
 */
export function withCode(codes, typed) {
  const code = typed.trim();
  if (!code) return { fault: 'codeEmpty' };
  if (/\s/.test(code) || [...code].length > LONGEST) return { fault: 'codeBlanks' };
  if (codes.some((one) => codeKey(one) === codeKey(code))) return { fault: 'codeTwice' };
  return codes.length < MOST_CODES ? { codes: [...codes, code] } : { fault: 'codeFull' };
}

/**
 * What a quote says of a code that it was asked for with.
 * @param {Quote} quote @param {string} code
 * @returns {{reason: string | null, promotion: AppliedPromotion | null}}
 */
export function standing(quote, code) {
  const reason = quote.rejected_codes.find((one) => one.code === code)?.reason ?? null;
  const promotion = quote.promotions.find((one) => one.code && codeKey(one.code) === codeKey(code)) ?? null;
  return { reason, promotion: reason ? null : promotion };
}

/** The codes that an order at this quote is placed with. @param {Quote} quote @param {string[]} codes */
export const usable = (quote, codes) => codes.filter((code) => standing(quote, code).reason === null);
