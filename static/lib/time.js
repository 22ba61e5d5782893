/** Instants in words, in the language of the page and the visitor's time zone. */
import { language, locale, t } from './i18n.js';
import { shopNow } from './clock.js';

const DAY_MS = 86_400_000;

/** @param {string | number} at @param {Intl.DateTimeFormatOptions} options */
const format = (at, options) => new Intl.DateTimeFormat(locale, { hourCycle: 'h23', ...options }).format(new Date(at));

/** `20:00` @param {string | number} at */
export const timeOfDay = (at) => format(at, { hour: '2-digit', minute: '2-digit' });
/** `20:00:03` @param {string | number} at */
export const timeExact = (at) => format(at, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
/** `14 March 2026` @param {string | number} at */
export const date = (at) => format(at, { day: 'numeric', month: language === 'en' ? 'long' : 'numeric', year: 'numeric' });
/** `14 Mar` @param {string | number} at */
export const dayMonth = (at) => format(at, { day: 'numeric', month: language === 'en' ? 'short' : 'numeric' });
/** `14 March 2026, 20:00` @param {string | number} at */
export const dateTime = (at) => `${date(at)}, ${timeOfDay(at)}`;

/** Whole days between two instants by the visitor's calendar. @param {number} at @param {number} now */
export function daysApart(at, now) {
  const midnight = (/** @type {number} */ ms) => new Date(ms).setHours(0, 0, 0, 0);
  return Math.round((midnight(at) - midnight(now)) / DAY_MS);
}

/** `today at 20:00`, `tomorrow at 12:00`, `14 Mar, 20:00` @param {string} at */
export function dayAndTime(at) {
  const ms = Date.parse(at), days = daysApart(ms, shopNow()), time = timeOfDay(at);
  if (days === 0) return t('common.todayAt', { time });
  if (days === 1) return t('common.tomorrowAt', { time });
  if (days === -1) return t('common.yesterdayAt', { time });
  return t('common.dayAt', { day: dayMonth(at), time });
}

/**
 * @param {number} ms
 * @returns {{days: number, hours: number, minutes: number, seconds: number, tenths: number}}
 */
export function parts(ms) {
  const left = Math.max(0, ms), seconds = Math.floor(left / 1000);
  return { days: Math.floor(seconds / 86400), hours: Math.floor(seconds / 3600) % 24, minutes: Math.floor(seconds / 60) % 60,
    seconds: seconds % 60, tenths: Math.floor(left / 100) % 10 };
}

/** `14:32`, for the time that is left to pay. @param {number} ms */
export function minutesSeconds(ms) {
  const total = Math.max(0, Math.ceil(ms / 1000));
  return `${String(Math.floor(total / 60)).padStart(2, '0')}:${String(total % 60).padStart(2, '0')}`;
}
