/** "Tell me if one returns": while this page is open it goes on asking, and says so when a unit is back. */
import { useEffect, useRef } from '../../lib/html.js';
import { shopNow } from '../../lib/clock.js';
import { t } from '../../lib/i18n.js';
import { assets } from '../../lib/shop.js';
import { toast } from '../../lib/toast.js';
import { phaseOf } from './phase.js';

/** @param {import('./desk-store.js').Desk} store @returns {() => void} for the button: begins, or stops */
export function useWatch(store) {
  const sale = store.sale.value, watched = store.watched.value, phase = phaseOf(sale, shopNow());
  const before = useRef(phase);
  useEffect(() => {
    const returned = watched && before.current === 'sold_out' && phase === 'live';
    before.current = phase;
    if (!returned) return;
    store.watched.value = false;
    tell(sale);
  }, [phase, watched]);
  return () => {
    store.watched.value = !store.watched.peek();
    if (store.watched.peek() && globalThis.Notification?.permission === 'default') void Notification.requestPermission();
  };
}

/** @param {import('./machine.js').Sale} sale */
function tell(sale) {
  const text = t('sale.sayReturned', { n: sale.stock_left });
  if (document.visibilityState === 'visible') return toast(text);
  // Where the browser was not allowed to notify, the tab's title is all that can be seen.
  const title = document.title;
  document.title = `${text} ${title}`;
  document.addEventListener('visibilitychange', () => { document.title = title; }, { once: true });
  try {
    if (globalThis.Notification?.permission === 'granted') new Notification(sale.product.name, { body: text, tag: `sale-${sale.id}`, icon: `${assets}icons/icon-192.png` });
  } catch { /* Android takes notifications from service workers alone */ }
}
