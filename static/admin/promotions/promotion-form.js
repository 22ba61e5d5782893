import { html, useRef, useState } from '../../lib/html.js';
import { api } from '../../lib/api.js';
import { t } from '../../lib/i18n.js';
import { currencySymbol, moneyInput, parseMoney } from '../../lib/money-input.js';
import { useAction } from '../../lib/page.js';
import { navigate } from '../../lib/router.js';
import { toast } from '../../lib/toast.js';
import { Button } from '../../ui/button.js';
import { problemText } from '../../ui/error.js';
import { Checkbox, Field, Select } from '../../ui/field.js';
import { useUnsaved } from '../unsaved.js';
import { faultWords } from './faults.js';
import { changes, readForm, typedOf } from './form.js';
import { GoodsScope, ShelfScope } from './scope.js';

/** @typedef {import('../../types/api.js').Promotion} Promotion */
/** @typedef {import('./form.js').Typed} Typed */
/** @typedef {import('./form.js').Name} Name */

const KINDS = /** @type {const} */ (['percent', 'amount', 'free_shipping', 'buy_x_get_y']);

/** @param {{start: import('./editor.js').Start, onChange: (promotion: Promotion, goods: import('../product-pick.js').Picked[]) => void}} props */
export function PromotionForm({ start: { promotion, shelves, goods: known }, onChange }) {
  const [saved, setSaved] = useState(() => typedOf(promotion, moneyInput)), [typed, setTyped] = useState(saved);
  const [goods, setGoods] = useState(promotion?.product_ids ? known : null), [tried, setTried] = useState(false), [done, setDone] = useState(false);
  const form = useRef(/** @type {HTMLFormElement | null} */ (null));
  const { faults, wanted } = readForm(typed, { promotion, parseMoney });
  const dirty = JSON.stringify(typed) !== JSON.stringify(saved);
  const leaving = useUnsaved(dirty && !done, { title: t('adminPromotions.leave'), text: t('adminPromotions.leaveText'), stay: t('adminPromotions.stay'), leave: t('adminPromotions.leaveAct') });
  const save = useAction(async () => {
    if (!wanted) return;
    if (!promotion) {
      const made = await api.post('/admin/promotions', wanted);
      setDone(true);
      toast(t('adminPromotions.made'));
      return void navigate(`/admin/promotions/${made.id}`, { replace: true });
    }
    const next = await api.put('/admin/promotions/{id}', changes(wanted, promotion), { params: { id: promotion.id } }), now = typedOf(next, moneyInput);
    setSaved(now);
    setTyped(now);
    setTried(false);
    toast(t('adminPromotions.saved'));
    onChange(next, goods ?? []);
  });
  const refused = faultWords(save.error, { typed, promotion });
  const fault = (/** @type {Name} */ name) => {
    const own = faults[name];
    // An empty field of a new promotion is no fault until it was tried; a wrong one is told at once.
    if (own && (tried || (typed[name] !== saved[name] && typed[name]?.length))) return t(/** @type {any} */ (`adminPromotions.${own.key}`), own.params);
    return refused[name] ?? null;
  };
  const set = (/** @type {Partial<Typed>} */ patch) => { save.clear(); setTyped((old) => ({ ...old, ...patch })); };
  const field = (/** @type {Exclude<Name, 'shelves' | 'goods'>} */ name) => ({ value: typed[name], error: fault(name), autocomplete: 'off', onInput: (/** @type {any} */ event) => set({ [name]: event.currentTarget.value }) });
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    setTried(true);
    if (wanted && (!promotion || dirty)) return void save.run();
    requestAnimationFrame(() => { const wrong = form.current?.querySelector('[aria-invalid="true"]'); if (wrong instanceof HTMLElement) wrong.focus(); });
  };
  const told = save.error && !Object.keys(refused).length ? problemText(save.error) : Object.keys(refused).length || (tried && !wanted) ? t('adminPromotions.notYet') : promotion && !dirty ? t('adminPromotions.noChanges') : t('adminPromotions.actsAtOnce');
  const radio = (/** @type {boolean} */ byCode) => html`<${Checkbox} type="radio" name="by" label=${t(byCode ? 'adminPromotions.byCode' : 'adminPromotions.byItself')} checked=${typed.byCode === byCode} onChange=${() => set({ byCode })} />`;
  return html`<form class="promotion-form" ref=${form} novalidate onSubmit=${submit}><div class="split"><div class="col">
      <section class="panel"><header><h2>${t('adminPromotions.what')}</h2></header><div class="in stack">
        <${Field} label=${t('adminPromotions.name')} hint=${t('adminPromotions.nameHint')} maxlength="128" ...${field('name')} />
        <fieldset class="stack tight"><legend class="label">${t('adminPromotions.how')}</legend>${radio(true)}${radio(false)}</fieldset>
        ${typed.byCode && html`<div class="two-up"><${Field} label=${t('adminPromotions.code')} hint=${t('adminPromotions.codeHint')} maxlength="64" spellcheck="false" autocapitalize="characters" ...${field('code')} /></div>`}</div></section>
      <section class="panel"><header><h2>${t('adminPromotions.takesOff')}</h2></header><div class="in stack"><div class="two-up">
          <${Select} label=${t('adminPromotions.kind')} value=${typed.kind} options=${KINDS.map((value) => ({ value, label: t(`adminPromotions.kind_${value}`) }))} onChange=${(/** @type {any} */ kind) => set({ kind })} />
          ${typed.kind === 'percent' && html`<${Field} label=${t('adminPromotions.percent')} inputmode="decimal" hint=${t('adminPromotions.percentHint')} ...${field('percent')} />`}
          ${typed.kind === 'amount' && html`<${Field} label=${t('adminPromotions.amount')} affix=${currencySymbol()} inputmode="decimal" hint=${t('adminPromotions.amountHint')} ...${field('amount')} />`}</div>
        ${typed.kind === 'buy_x_get_y' && html`<div class="two-up"><${Field} label=${t('adminPromotions.buy')} inputmode="numeric" ...${field('buy')} /><${Field} label=${t('adminPromotions.get')} inputmode="numeric" hint=${t('adminPromotions.getHint')} ...${field('get')} /></div>`}
        ${typed.kind === 'free_shipping' && html`<p class="hint">${t('adminPromotions.deliveryHint')}</p>`}
        <div class="two-up"><${Field} label=${t('adminPromotions.least')} affix=${currencySymbol()} inputmode="decimal" hint=${t('adminPromotions.leastHint')} ...${field('least')} /></div></div></section>
      <section class="panel"><header><h2>${t('adminPromotions.scope')}</h2></header><div class="in stack"><p class="hint">${t('adminPromotions.scopeHint')}</p>
        <${ShelfScope} shelves=${shelves} chosen=${typed.shelves} fault=${fault('shelves')} onChange=${(/** @type {number[] | null} */ ids) => set({ shelves: ids })} />
        <${GoodsScope} chosen=${goods} fault=${fault('goods')} onChange=${(/** @type {typeof known | null} */ next) => { setGoods(next); set({ goods: next && next.map(({ id }) => id) }); }} /></div></section>
    </div><div class="col">
      <section class="panel"><header><h2>${t('adminPromotions.when')}</h2></header><div class="in stack">
        <${Field} label=${t('adminPromotions.opens')} type="datetime-local" step="1" hint=${t('adminPromotions.opensHint')} ...${field('opens')} />
        <${Field} label=${t('adminPromotions.closes')} type="datetime-local" step="1" hint=${t('adminPromotions.closesHint')} ...${field('closes')} /></div></section>
      <section class="panel"><header><h2>${t('adminPromotions.howOften')}</h2></header><div class="in stack">
        <${Field} label=${t('adminPromotions.uses')} inputmode="numeric" hint=${t('adminPromotions.usesHint')} ...${field('uses')} />
        <${Field} label=${t('adminPromotions.each')} inputmode="numeric" hint=${t('adminPromotions.usesHint')} ...${field('each')} /></div></section>
      <section class="panel"><header><h2>${t('adminPromotions.beside')}</h2></header><div class="in stack">
        <${Checkbox} label=${t('adminPromotions.combinable')} checked=${typed.combinable} onChange=${(/** @type {boolean} */ combinable) => set({ combinable })} /><p class="hint">${t('adminPromotions.combinableHint')}</p>
        <${Checkbox} label=${t('adminPromotions.enabled')} checked=${typed.enabled} onChange=${(/** @type {boolean} */ enabled) => set({ enabled })} /></div></section></div></div>
    <section class="savebar" aria-label=${t('adminPromotions.saveBar')}><p class=${save.error ? 'error' : 'muted'} role="status">${told}</p>
      <div class="row">${promotion ? html`<${Button} kind="line" disabled=${!dirty} onClick=${() => { setTyped(saved); setGoods(saved.goods && known); setTried(false); save.clear(); }}>${t('adminPromotions.discard')}</${Button}>` : html`<${Button} kind="line" href="/admin/promotions">${t('common.cancel')}</${Button}>`}
        <${Button} type="submit" busy=${save.busy} disabled=${promotion !== null && !dirty}>${t(promotion ? 'common.save' : 'adminPromotions.make')}</${Button}></div></section>${leaving}
  </form>`;
}
