import { html, useEffect, useRef } from '../../lib/html.js';
import { t } from '../../lib/i18n.js';
import { shopNow, syncClock } from '../../lib/clock.js';
import { useTick } from '../../lib/page.js';
import { minutesSeconds, timeExact } from '../../lib/time.js';
import { Speaker } from '../../ui/countdown.js';
import { Gate } from '../../ui/gate.js';
import { Icon } from '../../ui/icon.js';

/** @typedef {import('../../types/api.js').Order} Order */

/**
 * Milliseconds until an order lapses, by the shop's clock.
 * @param {Order} order
 * @param {(() => void) | undefined} onEnd called once, when the time runs out while the page is open
 */
export function useTimeToPay(order, onEnd) {
  const until = order.pay_by ? Date.parse(order.pay_by) : Infinity, left = until - shopNow(), over = left <= 0;
  const ended = useRef(false);
  useTick(250, order.status === 'unpaid' && !over);
  useEffect(() => { void syncClock(); }, []);
  useEffect(() => {
    if (over && !ended.current) { ended.current = true; onEnd?.(); }
  }, [over]);
  return Math.max(0, left);
}

/** `14:32` @param {{left: number, words?: boolean}} props `words`: with what it is for */
export function PayTag({ left, words }) {
  const time = minutesSeconds(left);
  return html`<span class="tag warn" role="timer" aria-label=${t('checkout.timeToPay')}><${Icon} name="timer" /><span class="num">${words ? t('orders.toPayWithin', { time }) : time}</span></span>`;
}

/** The time that has gone, as a gate bar. @param {{order: Order, left: number, words?: boolean}} props `words`: what is left is told below it */
export function PayGate({ order, left, words }) {
  if (!order.pay_by) return null;
  const total = Math.max(1, Date.parse(order.pay_by) - Date.parse(order.created_at)), gone = Math.max(0, total - left), time = minutesSeconds(left);
  return html`<div class="pay-gate"><${Gate} kind="time" gone=${Math.round(gone / 1000)} total=${Math.round(total / 1000)} label=${t('checkout.timeToPay')} valueText=${t('checkout.timeLeft', { time })}>
    ${words && html`<span>${t('checkout.timeLeft', { time })}</span><span class="muted">${t('checkout.until', { time: timeExact(order.pay_by) })}</span>`}</${Gate}><${Speaker} left=${left} /></div>`;
}
