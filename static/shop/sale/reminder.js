/** A calendar entry of a sale that comes, with an alarm ten minutes before (RFC 5545). */
import { t } from '../../lib/i18n.js';
import { money } from '../../lib/money.js';
import { shop } from '../../lib/shop.js';
import { toast } from '../../lib/toast.js';

/** @typedef {import('./machine.js').Sale} Sale */

/** `20261127T200000Z` @param {string | number} at */
const stamp = (at) => new Date(at).toISOString().replace(/[-:]|\.\d{3}/g, '');

/** @param {string} text */
const escape = (text) => text.replace(/[\\;,]/g, '\\$&').replace(/\r?\n/g, '\\n');

/** Lines of at most 75 octets, the rest of a longer one indented by a space; no character is cut. @param {string} line */
export function fold(line) {
  const bytes = new TextEncoder();
  const lines = [''];
  for (const character of line) {
    const last = lines.length - 1;
    if (bytes.encode(lines[last] + character).length > 75) lines.push(` ${character}`);
    else lines[last] += character;
  }
  return lines.join('\r\n');
}

/**
 * @param {{uid: string, now: number, startsAt: string, endsAt: string, title: string, text: string, url: string}} entry
 */
export function calendar({ uid, now, startsAt, endsAt, title, text, url }) {
  const alarm = ['BEGIN:VALARM', 'ACTION:DISPLAY', 'TRIGGER:-PT10M', `DESCRIPTION:${escape(title)}`, 'END:VALARM'];
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', `PRODID:-//${escape(shop.name)}//Flash sales//EN`, 'METHOD:PUBLISH', 'BEGIN:VEVENT', `UID:${uid}`, `DTSTAMP:${stamp(now)}`,
    `DTSTART:${stamp(startsAt)}`, `DTEND:${stamp(endsAt)}`, `SUMMARY:${escape(title)}`, `DESCRIPTION:${escape(text)}`, `URL:${url}`, 'TRANSP:TRANSPARENT', ...alarm, 'END:VEVENT', 'END:VCALENDAR', '']
    .map(fold).join('\r\n');
}

/** Gives the visitor the entry as a file. @param {Sale} sale */
export function saveReminder(sale) {
  const url = `${location.origin}/sale/${sale.id}`, show = (/** @type {number} */ minor) => money(minor, { currency: sale.currency });
  const text = calendar({ uid: `sale-${sale.id}@${location.hostname}`, now: Date.now(), startsAt: sale.starts_at, endsAt: sale.ends_at, url,
    title: t('sale.icsTitle', { name: sale.product.name }), text: t('sale.icsText', { price: show(sale.price), list: show(sale.list_price), url }) });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/calendar;charset=utf-8' }));
  link.download = `sale-${sale.id}.ics`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  toast(t('sale.icsSaved'));
}
