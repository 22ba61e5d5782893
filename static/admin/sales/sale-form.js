import { html, useEffect, useState } from '../../lib/html.js';
import { api } from '../../lib/api.js';
import { shopNow, syncClock } from '../../lib/clock.js';
import { t } from '../../lib/i18n.js';
import { money, priceNow, reduction } from '../../lib/money.js';
import { currencySymbol, moneyInput, parseMoney } from '../../lib/money-input.js';
import { useAction, useTick } from '../../lib/page.js';
import { navigate } from '../../lib/router.js';
import { date } from '../../lib/time.js';
import { toast } from '../../lib/toast.js';
import { Button } from '../../ui/button.js';
import { problemText } from '../../ui/error.js';
import { Field, faultText } from '../../ui/field.js';
import { Notice } from '../../ui/notice.js';
import { useUnsaved } from '../unsaved.js';
import { changes, fromLocal, parseCount, readForm, toLocal } from './form.js';
import { GoodsPicker } from './picker.js';
import { Preview } from './preview.js';
import { When } from './when.js';
import { isOver, isRunning } from './words.js';

/** @typedef {import('../../types/api.js').Sale} Sale */
/** @typedef {import('./picker.js').Goods} Goods */
/** @typedef {import('./form.js').Typed} Typed */

/** @param {Sale | null} like @param {Sale | null} sale @returns {Typed} */
function blank(like, sale) {
  const model = sale ?? like, length = model ? Date.parse(model.ends_at) - Date.parse(model.starts_at) : 300_000;
  const opens = sale ? Date.parse(sale.starts_at) : (Math.floor(shopNow() / 3_600_000) + 2) * 3_600_000;
  return { title: model?.title ?? '', price: model ? moneyInput(model.price) : '', units: model?.stock_total ? String(model.stock_total) : '', limit: String(model?.per_user_limit ?? 1),
    opens: toLocal(opens), closes: toLocal(sale ? Date.parse(sale.ends_at) : opens + length) };
}

/** What the API calls the fields. @type {Record<string, keyof Typed | 'goods'>} */
const NAMES = { sku_id: 'goods', title: 'title', price: 'price', stock_total: 'units', per_user_limit: 'limit', starts_at: 'opens', ends_at: 'closes' };

/** @param {{start: import('./editor.js').Start, onChange: (sale: Sale) => void}} props */
export function SaleForm({ start: { sale, like, goods: first }, onChange }) {
  const [typed, setTyped] = useState(() => blank(like, sale)), [goods, setGoods] = useState(first), [tried, setTried] = useState(false);
  const [saved, setSaved] = useState(() => blank(like, sale));
  useEffect(() => { void syncClock(); }, []);
  useTick(1000);
  const { faults, wanted } = readForm(typed, { goods: goods && { id: goods.sku.id, price: goods.sku.price, num: goods.sku.num }, sale, now: shopNow(), parseMoney, money: (minor) => money(minor) });
  const over = sale !== null && isOver(sale), running = sale !== null && isRunning(sale);
  const patch = sale && wanted ? changes(wanted, sale) : null, count = patch ? Object.keys(patch).length : 0;
  const typedOver = Object.keys(saved).some((name) => typed[/** @type {keyof Typed} */ (name)] !== saved[/** @type {keyof Typed} */ (name)]);
  const [done, setDone] = useState(false);
  const leaving = useUnsaved(!done && (typedOver || (!sale && goods !== first)), { title: t('adminSales.leave'), text: t('adminSales.leaveText'), stay: t('adminSales.stay'), leave: t('adminSales.leaveAct') });
  const save = useAction(async () => {
    if (!wanted) return;
    if (!sale) {
      const made = await api.post('/admin/seckill', wanted);
      setDone(true);
      toast(t('adminSales.scheduledToast'));
      void navigate(`/admin/sales/${made.id}`, { replace: true });
      return;
    }
    const next = await api.put('/admin/seckill/{id}', /** @type {any} */ (patch), { params: { id: sale.id } });
    const moved = next.stock_total - sale.stock_total;
    if (goods && moved) setGoods({ ...goods, sku: { ...goods.sku, num: goods.sku.num - moved } });
    onChange(next);
    setTyped(blank(null, next));
    setSaved(blank(null, next));
    setTried(false);
    toast(t(running ? 'adminSales.actsNow' : 'adminSales.savedToast'));
  });
  const fault = (/** @type {keyof typeof faults} */ name) => {
    const own = faults[name];
    // An empty field of a new form is no fault until it was tried; a wrong one is told at once.
    if (own && (tried || (name !== 'goods' && typed[name] !== '' && typed[name] !== saved[name]))) return t(/** @type {any} */ (`adminSales.${own.key}`), own.params);
    return faultText(save.error?.errors.find((one) => NAMES[one.field] === name));
  };
  const field = (/** @type {keyof Typed} */ name) => ({ value: typed[name], error: fault(name), disabled: over, onInput: (/** @type {any} */ event) => { save.clear(); setTyped({ ...typed, [name]: event.currentTarget.value }); } });
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    setTried(true);
    if (wanted && (!sale || count)) void save.run();
    else requestAnimationFrame(() => { const wrong = document.querySelector('.sale-form [aria-invalid="true"], .sale-form .picker input'); if (wrong instanceof HTMLElement) wrong.focus(); });
  };
  const price = parseMoney(typed.price), list = goods?.sku.price ?? sale?.list_price ?? 0, today = goods ? priceNow(goods.sku) : list;
  const off = reduction(price ?? list, list), offToday = reduction(price ?? today, today);
  const priceHint = !price || !goods ? t('adminSales.priceHint') : off === 0 ? t('adminSales.noReduction') : off === offToday || offToday === 0 ? t('adminSales.offList', { a: off }) : t('adminSales.offBoth', { a: off, b: offToday });
  const units = parseCount(typed.units), room = goods ? goods.sku.num + (sale?.stock_total ?? 0) : null;
  const opens = fromLocal(typed.opens), closes = fromLocal(typed.closes), begun = sale !== null && Date.parse(sale.starts_at) <= shopNow();
  return html`<form class="sale-form" novalidate onSubmit=${submit}><div class="split"><div class="col">
      <section class="panel"><header><h2>${t('adminSales.what')}</h2>${running && html`<span class="note">${t('adminCommon.actsAtOnce')}</span>`}</header><div class="in stack">
        <${GoodsPicker} chosen=${goods} fixed=${sale !== null} fault=${fault('goods')} onChoose=${(/** @type {Goods} */ next) => { save.clear(); setGoods(next); }} />
        <${Field} label=${t('adminSales.headline')} maxlength="128" autocomplete="off" ...${field('title')} />
        <div class="three-up"><${Field} label=${t('adminSales.salePrice')} affix=${currencySymbol()} inputmode="decimal" autocomplete="off" hint=${priceHint} ...${field('price')} />
          <${Field} label=${t('adminSales.units')} inputmode="numeric" autocomplete="off" hint=${room === null || over ? null : t(sale ? 'adminSales.roomSale' : 'adminSales.room', { n: room })} ...${field('units')} />
          <${Field} label=${t('adminSales.eachPerson')} inputmode="numeric" autocomplete="off" hint=${t('adminSales.eachHint')} ...${field('limit')} /></div></div></section>
      <${When} saved=${sale !== null} begun=${begun} over=${over} opens=${opens} closes=${closes} cancelled=${sale?.state === 'cancelled'} opensField=${{ ...field('opens'), disabled: over || begun }} closesField=${field('closes')} />
      <${Notice}>${goods ? origin(goods) : t('adminSales.origin')}</${Notice}>
    </div><${Preview} shown=${{ state: sale ? sale.state : 'scheduled', opens, closes, price, list, units, taken: sale ? sale.stock_total - sale.stock_left : 0, limit: parseCount(typed.limit) }} /></div>
    ${!over && html`<section class="savebar" aria-label=${t('adminSales.saveBar')}><p class=${save.error ? 'error' : 'muted'} role="status">${told({ sale, wanted, count, running, tried, typedOver, error: save.error && !save.error.errors.length ? problemText(save.error) : null })}</p>
      <div class="row">${sale ? html`<${Button} kind="line" disabled=${!typedOver} onClick=${() => { setTyped(saved); setTried(false); save.clear(); }}>${t('adminSales.discard')}</${Button}>` : html`<${Button} kind="line" href="/admin/sales">${t('common.cancel')}</${Button}>`}
        <${Button} type="submit" busy=${save.busy} disabled=${sale !== null && !typedOver}>${t(sale ? 'common.save' : 'adminSales.schedule')}</${Button}></div></section>`}${leaving}
  </form>`;
}

/** Where the reduction comes from: the price history says it, nobody types it. @param {Goods} goods */
function origin({ sku }) {
  const list = money(sku.price, { currency: sku.currency }), since = sku.price_since ? date(sku.price_since) : null;
  const lowest = sku.lowest_30_days ? money(sku.lowest_30_days, { currency: sku.currency }) : null;
  if (since && lowest) return t('adminSales.originBoth', { list, since, lowest });
  return since ? t('adminSales.originSince', { list, since }) : t('adminSales.originList', { list });
}

/** The sentence of the bar. @param {{sale: Sale | null, wanted: unknown, count: number, running: boolean, tried: boolean, typedOver: boolean, error: string | null}} facts */
function told({ sale, wanted, count, running, tried, typedOver, error }) {
  if (error) return error;
  if (!wanted && (tried || (sale && typedOver))) return t('adminSales.notYet');
  if (!sale) return t('adminSales.takesStock');
  if (!count) return t('adminSales.noChanges');
  return t(running ? 'adminSales.changesNow' : 'adminSales.changesN', { n: count });
}
