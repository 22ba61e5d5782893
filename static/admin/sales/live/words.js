/** Figures and moments of the live board. */
import { locale, number } from '../../../lib/i18n.js';
import { timeExact } from '../../../lib/time.js';

/** `12k`, for an axis. @param {number} n */
export const short = (n) => (n >= 5000 ? new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 }).format(n) : number(n));

/** `20:00:03.418` @param {number} at */
export const timeFine = (at) => `${timeExact(at)}.${String(Math.floor(at) % 1000).padStart(3, '0')}`;
