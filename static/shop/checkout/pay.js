import { html, useEffect, useRef, useState } from '../../lib/html.js';
import { api } from '../../lib/api.js';
import { placeLine } from '../../lib/countries.js';
import { t } from '../../lib/i18n.js';
import { once } from '../../lib/idempotency.js';
import { money } from '../../lib/money.js';
import { useAction } from '../../lib/page.js';
import { Problem } from '../../lib/problem.js';
import { navigate } from '../../lib/router.js';
import { shortId } from '../../lib/short-id.js';
import { timeExact } from '../../lib/time.js';
import { toast } from '../../lib/toast.js';
import { Button } from '../../ui/button.js';
import { Notice } from '../../ui/notice.js';
import { optionText } from '../cart/option.js';
import { CancelDialog } from '../orders/cancel.js';
import { PayGate, PayTag, useTimeToPay } from '../orders/pay-time.js';
import { PinForm } from './pin.js';
import { missing } from './rules.js';
import { Short } from './short.js';
import { Step } from './step.js';
import { Summary } from './summary.js';

/** @typedef {import('../../types/api.js').Order} Order */

/**
 * The second step: an order that waits, its time, the wallet, the PIN.
 * @param {{order: Order, fresh: boolean, onOrder: (order: Order) => void}} props `fresh`: it was placed a moment ago, on this page
 */
export function Pay({ order, fresh, onOrder }) {
  const [balance, setBalance] = useState(/** @type {number | null} */ (null));
  const [pin, setPin] = useState(''), [asking, ask] = useState(false), [lapsed, setLapsed] = useState(false);
  const heading = useRef(/** @type {HTMLElement | null} */ (null));
  const look = async () => onOrder(await api.get('/order/{id}', { params: { id: order.id } }));
  const left = useTimeToPay(order, () => setLapsed(true));
  useEffect(() => { if (fresh) heading.current?.focus(); }, []);
  useReturn(() => void look().catch(() => {}));
  const see = useAction(async () => setBalance((await api.post('/money', { key: pin })).balance));
  const pay = useAction(async () => {
    see.clear();
    try {
      await once(`pay:${order.id}`, (key) => api.post('/paydown', { order_id: order.id, key: pin }, { key }));
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      if (error.code === 'insufficient_balance') return setBalance((await api.post('/money', { key: pin })).balance);
      if (error.code === 'order_expired') setLapsed(true);
      const next = error.code === 'wrong_status' || error.code === 'order_expired' || error.unknownOutcome ? await standing(order) : null;
      if (next && next.status !== 'unpaid') { if (next.paid_at) toast(t('checkout.paidBefore')); return onOrder(next); }
      throw error;
    }
    toast(t('checkout.paid', { sum: money(order.total, { exact: true }) }));
    // In place of this page: Back never leads to a checkout that is paid.
    await navigate(`/order/${order.id}`, { replace: true });
  });
  const short = balance !== null && missing(order.total, balance) > 0, over = lapsed || left === 0;
  return html`<div class="two"><div class="steps">
      <${Step} no=${1} state="done"><h2>${t('checkout.where')}</h2>${order.address && html`<p class="muted small">${t('checkout.addressLine', { name: order.address.name, address: [...order.address.address.split(/\s*\n\s*/), placeLine(order.address)].filter(Boolean).join(', ') })}</p>`}</${Step}>
      <${Step} no=${2} state="now"><div class="stack pay"><div><div class="step-head"><h2 ref=${heading} tabindex="-1">${t('checkout.payFrom')}</h2>${!over && order.pay_by && html`<${PayTag} left=${left} />`}</div>
          ${!over && html`<p class="muted small">${t(order.pay_by ? 'checkout.placed' : 'checkout.placedOnly', { id: shortId(order.id), time: order.pay_by ? timeExact(order.pay_by) : '' })}</p>`}</div>
        ${over ? html`<${Over} order=${order} />` : html`<${PayGate} order=${order} left=${left} /><${Sums} order=${order} balance=${balance} />
          ${short ? html`<${Short} order=${order} balance=${balance ?? 0} again=${see} onCancel=${() => ask(true)} asking=${asking} />`
            : html`<${PinForm} order=${order} pin=${pin} onPin=${setPin} pay=${pay} see=${see} seen=${balance !== null} onCancel=${() => ask(true)} asking=${asking} />`}`}
      </div></${Step}></div>
    <${Summary} sums=${order} lines=${order.lines.map((line) => ({ sku: line.sku_id, name: line.name, option: optionText(line), num: line.num, total: line.total, discount: line.discount, image: line.image }))} />
    ${asking && html`<${CancelDialog} order=${order} onClose=${() => ask(false)} onDone=${onOrder} />`}</div>`;
}

/** @param {Order} order @returns {Promise<Order | null>} how it stands, if the shop tells */
const standing = (order) => api.get('/order/{id}', { params: { id: order.id } }).catch(() => null);

/** Another tab may have paid or cancelled meanwhile. @param {() => void} look */
function useReturn(look) {
  const latest = useRef(look);
  latest.current = look;
  useEffect(() => {
    const seen = () => { if (document.visibilityState === 'visible') latest.current(); };
    document.addEventListener('visibilitychange', seen);
    return () => document.removeEventListener('visibilitychange', seen);
  }, []);
}

/** @param {{order: Order, balance: number | null}} props */
function Sums({ order, balance }) {
  const exact = (/** @type {number} */ minor) => money(minor, { exact: true });
  const lacks = balance === null ? 0 : missing(order.total, balance);
  return html`<dl class="facts sums" aria-live="polite"><div><dt>${t('checkout.balance')}</dt><dd>${balance === null ? html`<span class="muted">${t('checkout.balanceHidden')}</span>` : exact(balance)}</dd></div>
    <div><dt>${t('checkout.thisOrder')}</dt><dd>${exact(-order.total)}</dd></div>
    ${balance !== null && html`<div class="sum"><dt>${t(lacks ? 'checkout.missing' : 'checkout.afterwards')}</dt><dd>${exact(lacks || balance - order.total)}</dd></div>`}</dl>`;
}

/** @param {{order: Order}} props */
const Over = ({ order }) => html`<${Notice} kind="bad" alert><p>${t('checkout.expired')}</p></${Notice}>
  <div class="row cta-row"><${Button} href="/c">${t('common.toSearch')}</${Button}><${Button} kind="line" href=${`/order/${order.id}`}>${t('checkout.seeOrder')}</${Button}></div>`;
