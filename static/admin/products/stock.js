import { html, useState } from '../../lib/html.js';
import { api } from '../../lib/api.js';
import { number, t } from '../../lib/i18n.js';
import { once } from '../../lib/idempotency.js';
import { useAction } from '../../lib/page.js';
import { toast } from '../../lib/toast.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { problemText } from '../../ui/error.js';
import { Field } from '../../ui/field.js';
import { Notice } from '../../ui/notice.js';
import { signedNumber } from './faults.js';

/**
 * Moves the stock of a variant, with a reason. Pressing twice, or after a lost answer, moves it once.
 * @param {{sku: number, name: string, stock: number, onClose: () => void, onMoved: (stock: number) => void}} props
 */
export function AdjustDialog({ sku, name, stock, onClose, onMoved }) {
  const [typed, setTyped] = useState(''), [reason, setReason] = useState(''), [tried, setTried] = useState(false);
  const delta = signedNumber(typed), after = delta === null ? null : stock + delta;
  const move = useAction(async () => {
    const why = reason.trim(), by = /** @type {number} */ (delta);
    const answer = await once(`stock:${sku}:${by}:${why}`, (key) => api.post('/sku/{id}/stock', { delta: by, reason: why }, { params: { id: sku }, key }));
    toast(t('adminProducts.moved', { n: answer.num }));
    onMoved(answer.num);
  });
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    setTried(true);
    if (delta !== null && reason.trim()) void move.run();
  };
  const short = move.error?.code === 'stock_insufficient';
  return html`<${Dialog} title=${t('adminProducts.adjustTitle')} onClose=${onClose}><form class="stack" noValidate onSubmit=${submit}>
    <p class="muted">${name}, <b class="num">${t('adminProducts.adjustNow', { n: stock })}</b></p>
    <${Field} label=${t('adminProducts.adjustBy')} value=${typed} inputmode="text" autocomplete="off" autofocus hint=${after !== null && after >= 0 ? t('adminProducts.adjustAfter', { n: after }) : t('adminProducts.adjustByHint')}
      error=${tried && delta === null ? t('adminProducts.deltaNeeded') : move.error?.field('delta')} onInput=${(/** @type {any} */ event) => { setTyped(event.currentTarget.value); move.clear(); }} />
    <${Field} label=${t('adminProducts.reason')} value=${reason} maxlength="255" hint=${t('adminProducts.reasonHint')} error=${tried && !reason.trim() ? t('adminProducts.reasonNeeded') : move.error?.field('reason')}
      onInput=${(/** @type {any} */ event) => { setReason(event.currentTarget.value); move.clear(); }} />
    ${move.error && !move.error.errors.length && html`<${Notice} kind="bad" alert>${short ? t('adminProducts.belowZero', { n: number(stock) }) : problemText(move.error)}</${Notice}>`}
    <div class="acts"><${Button} kind="line" onClick=${onClose}>${t('common.cancel')}</${Button}><${Button} type="submit" busy=${move.busy}>${t('adminProducts.move')}</${Button}></div></form></${Dialog}>`;
}
