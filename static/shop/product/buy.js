import { html, useEffect, useRef, useState } from '../../lib/html.js';
import { t } from '../../lib/i18n.js';
import { withQuery } from '../../lib/match.js';
import { money, priceNow } from '../../lib/money.js';
import { useAction } from '../../lib/page.js';
import { breakable } from '../../lib/rich.js';
import { navigate } from '../../lib/router.js';
import { dayAndTime, date } from '../../lib/time.js';
import { toast } from '../../lib/toast.js';
import { Button } from '../../ui/button.js';
import { FEW } from '../../ui/card.js';
import { Heart } from '../../ui/heart.js';
import { Icon } from '../../ui/icon.js';
import { ProblemNotice } from '../../ui/notice.js';
import { Price } from '../../ui/price.js';
import { Stepper } from '../../ui/stepper.js';
import '../../ui/icons-more.js';
import { addToBag } from '../bag.js';
import { favourites, toggleFavourite } from '../favourites.js';
import { isComing } from '../sale/phase.js';
import { openSales, phaseNow } from '../sales-store.js';
import { skuName } from './choice.js';
import { SkuPicker } from './picker.js';

/** @typedef {import('../../types/api.js').Product} Product */
/** @typedef {import('../../types/api.js').Sku} Sku */

const MOST = 99;

/** The buy column. @param {{product: Product, sku: Sku, onPick: (sku: Sku) => void}} props */
export function Buy({ product, sku, onPick }) {
  const [wanted, setWanted] = useState(1);
  const most = Math.max(1, Math.min(sku.num, MOST)), num = Math.min(wanted, most), out = sku.num === 0;
  const add = useAction(async () => {
    await addToBag({ sku_id: sku.id, product_id: product.id }, num);
    toast(t('catalogue.inBag'), { label: t('catalogue.toBag'), href: '/cart' });
  });
  const row = useRef(/** @type {HTMLElement | null} */ (null));
  const clamp = (/** @type {number} */ n) => toast(t('catalogue.onlySo', { n }));
  return html`<div class="buy">
    <div class="stack buy-title"><h1>${breakable(product.name)}</h1><p class="lead">${product.title}</p></div>
    <${PriceAndOrigin} sku=${sku} />
    <${SaleHint} product=${product} sku=${sku} />
    <${SkuPicker} skus=${product.skus} sku=${sku} onPick=${onPick} />
    <div class="stack buy-act">
      <div class="buy-row" ref=${row}><${Stepper} value=${num} max=${most} disabled=${out} onChange=${setWanted} onClamp=${clamp} />
        <${Button} busy=${add.busy} disabled=${out} onClick=${() => void add.run()}>${t('catalogue.addToBag')}</${Button}>
        <${Heart} pressed=${favourites.value.has(product.id)} onPress=${() => void toggleFavourite(product.id)} /></div>
      <${Button} kind="line" block disabled=${out} onClick=${() => void navigate(withQuery('/checkout', { sku: sku.id, num, product: product.id }))}>${t('catalogue.buyNow')}</${Button}>
      <${ProblemNotice} error=${add.error} />
      <${Stock} sku=${sku} only=${product.num === 0} />
    </div>
    <ul class="assure">${/** @type {const} */ ([['timer', 'assureHold'], ['shield-check', 'assureOnce'], ['receipt-text', 'assureBooks']]).map(([icon, key]) => html`<li><${Icon} name=${icon} /><span>${t(`product.${key}`)}</span></li>`)}</ul>
    <${StickyBar} under=${row} sku=${sku} busy=${add.busy} onAdd=${() => void add.run()} />
  </div>`;
}

/** Where the list price comes from is told, once the shop knows. @param {{sku: Sku}} props */
function PriceAndOrigin({ sku }) {
  const now = priceNow(sku), reduced = now < sku.price;
  const origin = [reduced && sku.price_since ? t('product.since', { date: date(sku.price_since) }) : '',
    reduced && sku.lowest_30_days ? t('product.lowest', { price: money(sku.lowest_30_days) }) : ''].filter(Boolean).join(' ');
  return html`<div class="stack buy-price"><${Price} now=${now} list=${sku.price} size="large" />${origin && html`<p class="tiny muted">${origin}</p>`}</div>`;
}

/** A flash sale of this product, of the variant at hand if there is one. @param {{product: Product, sku: Sku}} props */
function SaleHint({ product, sku }) {
  const own = openSales.value.filter((one) => one.product.id === product.id), sale = own.find((one) => one.sku_id === sku.id) ?? own[0];
  if (!sale) return null;
  const when = isComing(phaseNow(sale)) ? dayAndTime(sale.starts_at) : t('common.now'), price = money(sale.price);
  const other = sale.sku_id === sku.id ? undefined : product.skus.find((one) => one.id === sale.sku_id);
  return html`<p class="small row sale-hint"><span class="dot ember"></span><span>${other ? t('product.inSaleOf', { name: skuName(other), price, when }) : t('product.inSale', { price, when })}</span>
    <a class="link" href=${`/sale/${sale.id}`}>${t('catalogue.toSale')}</a></p>`;
}

/** @param {{sku: Sku, only: boolean}} props `only`: nothing of the product is left */
function Stock({ sku, only }) {
  const [kind, text] = sku.num === 0 ? ['bad', t(only ? 'product.allSoldOut' : 'product.chooseOther')]
    : sku.num < FEW ? ['warn', t('catalogue.onlyLeft', { n: sku.num })] : ['good', t('catalogue.inStock', { n: sku.num })];
  return html`<p class="small row stock" role="status"><span class=${`dot ${kind}`}></span>${text}</p>`;
}

/** On the phone: price and button, once the button above has left the screen. @param {{under: {current: HTMLElement | null}, sku: Sku, busy: boolean, onAdd: () => void}} props */
function StickyBar({ under, sku, busy, onAdd }) {
  const [away, setAway] = useState(false);
  useEffect(() => {
    if (!under.current) return undefined;
    const watcher = new IntersectionObserver(([entry]) => setAway(!entry.isIntersecting && entry.boundingClientRect.height > 0));
    watcher.observe(under.current);
    return () => watcher.disconnect();
  }, []);
  if (!away || sku.num === 0) return null;
  return html`<div class="stick"><div><${Price} now=${priceNow(sku)} /><p class="tiny muted">${skuName(sku)}</p></div>
    <${Button} busy=${busy} onClick=${onAdd}>${t('catalogue.addToBag')}</${Button}></div>`;
}
