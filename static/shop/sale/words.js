/** Turns what `rows.js` says into words of the page's language. */
import { locale, percent, t, tMaybe } from '../../lib/i18n.js';
import { money } from '../../lib/money.js';
import { enrich } from '../../lib/rich.js';
import { dayAndTime, minutesSeconds, timeExact, timeOfDay } from '../../lib/time.js';

/** @typedef {import('./rows.js').Value} Value */
/** @typedef {import('./rows.js').Words} Words */

/** `20:00:03.418` @param {number} at */
const timeFinest = (at) => new Intl.DateTimeFormat(locale, { hourCycle: 'h23', hour: '2-digit', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3 }).format(at);

/** @param {Value} value @returns {string | number} */
function valueText(value) {
  if (typeof value !== 'object') return value;
  if ('time' in value) return timeOfDay(value.time);
  if ('exact' in value) return timeExact(value.exact);
  if ('millis' in value) return timeFinest(value.millis);
  if ('when' in value) return dayAndTime(new Date(value.when).toISOString());
  if ('left' in value) return minutesSeconds(value.left);
  return 'money' in value ? money(value.money) : percent(value.share);
}

/** @param {Words} words */
export function textOf({ key, with: values = {}, problem }) {
  const params = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, valueText(value)]));
  if (problem) params.why = tMaybe(`problems.${problem}`) ?? t('problems.unknown');
  return t(`sale.${key}`, params);
}

/** @param {Words} words @param {Record<string, (inner: string) => import('../../lib/html.js').Children>} [tags] */
export const richOf = (words, tags) => enrich(textOf(words), tags);
