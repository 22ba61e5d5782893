import { html, useEffect, useRef, useState } from '../../lib/html.js';
import { t } from '../../lib/i18n.js';
import { money } from '../../lib/money.js';
import { minutesSeconds } from '../../lib/time.js';
import { ActButton, usePause } from '../../ui/act-button.js';
import { Field } from '../../ui/field.js';
import { Trouble } from './trouble.js';

/** @typedef {import('../../types/api.js').Order} Order */
/** @typedef {import('../../lib/problem.js').Problem} Problem */
/** @typedef {{run: () => Promise<void>, busy: boolean, error: Problem | null, clear: () => void}} Action */

/** The shop takes PINs of this length. */
const SHORTEST = 6;

/**
 * The PIN, and what it does: pay, or show the balance first.
 * @param {{order: Order, pin: string, onPin: (pin: string) => void, pay: Action, see: Action, seen: boolean, onCancel: () => void, asking: boolean}} props
 *   `asking`: the question whether to cancel is open
 */
export function PinForm({ order, pin, onPin, pay, see, seen, onCancel, asking }) {
  const [told, tell] = useState(false);
  const form = useRef(/** @type {HTMLFormElement | null} */ (null));
  const error = pay.error ?? see.error, pin_ = error && aboutPin(error) ? error : null;
  const wait = usePause(pin_);
  const run = (/** @type {Action} */ action) => {
    if (pay.busy || see.busy) return;
    if (pin.length < SHORTEST) return void tell(true);
    (action === pay ? see : pay).clear();
    void action.run();
  };
  const said = told ? t('checkout.pinFirst') : pin_?.code === 'bad_pin' ? t('checkout.badPin')
    : pin_ ? wait ? t('checkout.pinRests', { time: minutesSeconds(wait * 1000) }) : null : null;
  useEffect(() => {
    const field = form.current?.querySelector('input');
    if (said && field) { field.focus(); field.select(); }
  }, [told, pin_]);
  const submit = (/** @type {Event} */ event) => { event.preventDefault(); run(pay); };
  const type = (/** @type {any} */ event) => { tell(false); onPin(event.currentTarget.value); if (pin_?.code === 'bad_pin') { pay.clear(); see.clear(); } };
  return html`<form class="stack" ref=${form} noValidate onSubmit=${submit}>
    <div class="pin-field"><${Field} label=${t('checkout.pin')} type="password" class="pin" autocomplete="off" maxlength="32" value=${pin} error=${said} onInput=${type} /></div>
    ${error && !pin_ && html`<${Trouble} error=${error} unknown="checkout.payUnknown" />`}
    <div class="row cta-row pay-row"><${ActButton} type="submit" error=${error} busy=${pay.busy} wait=${t('checkout.paying')}>${t('checkout.pay', { sum: money(order.total, { exact: true }) })}</${ActButton}>
      ${!seen && html`<button class="link small" type="button" aria-busy=${see.busy ? 'true' : undefined} onClick=${() => run(see)}>${t('checkout.seeBalance')}</button>`}
      <button class="link small" type="button" aria-hidden=${asking ? 'true' : undefined} disabled=${pay.busy} onClick=${onCancel}>${t('orders.cancel')}</button></div>
  </form>`;
}

/** @param {Problem} error */
const aboutPin = (error) => error.code === 'bad_pin' || error.code === 'too_many_failures';
