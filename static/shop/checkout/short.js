import { html } from '../../lib/html.js';
import { t } from '../../lib/i18n.js';
import { money } from '../../lib/money.js';
import { rich } from '../../lib/rich.js';
import { timeExact } from '../../lib/time.js';
import { ActButton } from '../../ui/act-button.js';
import { Button } from '../../ui/button.js';
import { Icon } from '../../ui/icon.js';
import { missing } from './rules.js';
import { Trouble } from './trouble.js';

/** @typedef {import('../../types/api.js').Order} Order */

/**
 * The wallet does not cover it: by how much, that nothing was paid, until when the order stays.
 * @param {{order: Order, balance: number, again: import('./pin.js').Action, onCancel: () => void, asking: boolean}} props `again` looks at the balance anew
 */
export function Short({ order, balance, again, onCancel, asking }) {
  const sum = money(missing(order.total, balance), { exact: true }), time = order.pay_by ? timeExact(order.pay_by) : '';
  return html`<div class="notice bad" role="alert"><${Icon} name="wallet" /><p>${rich('checkout.short', {}, { sum, time })}</p></div>
    <${Trouble} error=${again.error} unknown="checkout.lookUnknown" />
    <div class="row cta-row"><${ActButton} error=${again.error} busy=${again.busy} onClick=${() => void again.run()}>${t('checkout.toppedUp')}</${ActButton}>
      <${Button} kind="line" aria-hidden=${asking ? 'true' : undefined} onClick=${onCancel}>${t('orders.cancel')}</${Button}></div>`;
}
