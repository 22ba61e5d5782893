/** How a flash sale is marked, and what it was made of. */
import { html } from '../../lib/html.js';
import { t } from '../../lib/i18n.js';
import { daysApart, dayAndTime, timeExact, timeOfDay } from '../../lib/time.js';
import { Tag } from '../../ui/tag.js';

/** @typedef {import('../../types/api.js').Sale} Sale */
/** @typedef {import('../../types/api.js').Sku} Sku */

/** @type {Record<import('../../types/api.js').SaleState, string>} */
const KINDS = { scheduled: 'line', live: 'sale', paused: 'warn', sold_out: 'good', ended: '', cancelled: 'bad' };

/** @param {{state: Sale['state']}} props */
export const SaleTag = ({ state }) => html`<${Tag} kind=${KINDS[state]}>${t(`adminSales.${state}`)}</${Tag}>`;

/** @param {Sale} sale whether nothing about it changes any more */
export const isOver = (sale) => sale.state === 'ended' || sale.state === 'cancelled';
/** @param {Sale} sale whether it has opened and is not over */
export const isRunning = (sale) => sale.state === 'live' || sale.state === 'paused' || sale.state === 'sold_out';

/** `today at 20:00 – 20:05` @param {Sale} sale */
export function windowText(sale) {
  const from = Date.parse(sale.starts_at), to = Date.parse(sale.ends_at);
  const exact = from % 60_000 || to % 60_000;
  const end = daysApart(to, from) === 0 ? (exact ? timeExact(to) : timeOfDay(to)) : dayAndTime(sale.ends_at);
  return t('adminSales.window', { from: dayAndTime(sale.starts_at), to: end });
}

/** What makes a variant itself, as words. @param {Sku | undefined} sku */
export const optionText = (sku) => Object.values(sku?.options ?? {}).join(', ');
