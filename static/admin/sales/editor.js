import { html } from '../../lib/html.js';
import { api } from '../../lib/api.js';
import { t } from '../../lib/i18n.js';
import { useLoad, usePage } from '../../lib/page.js';
import { Button } from '../../ui/button.js';
import { Icon } from '../../ui/icon.js';
import { Loaded } from '../../ui/loaded.js';
import { Notice } from '../../ui/notice.js';
import { SkeletonRows } from '../../ui/skeleton.js';
import { useTopbar } from '../shell.js';
import { SaleActs } from './acts.js';
import { SaleForm } from './sale-form.js';
import { isOver, SaleTag } from './words.js';

/** @typedef {import('../../types/api.js').Sale} Sale */
/** @typedef {import('../../types/api.js').Product} Product */
/** @typedef {import('./picker.js').Goods} Goods */
/** @typedef {{sale: Sale | null, like: Sale | null, goods: Goods | null}} Start */

/** A new flash sale, or one that is changed, also while it runs. @param {import('../../lib/router.js').PageProps} props */
export default function SaleEditorPage({ params, query }) {
  const load = useLoad((signal) => begin(params.id, query, signal), [params.id]);
  const sale = load.data?.sale ?? null, title = sale ? sale.title : params.id ? '' : t('adminSales.newTitle');
  usePage({ title: title || t('adminSales.title'), ready: !load.loading });
  useTopbar({ crumbs: [{ label: t('adminSales.title'), href: '/admin/sales' }, { label: title }] }, [title]);
  const change = (/** @type {Sale} */ next) => load.data && load.set({ ...load.data, sale: next });
  return html`<${Loaded} of=${load} page skeleton=${html`<${SkeletonRows} count=${4} height="6rem" />`}>${(/** @type {Start} */ start) => html`
    <div class="work-head"><div class="row"><h1>${title}</h1>${sale && html`<${SaleTag} state=${sale.state} />`}</div>
      ${sale && html`<${SaleActs} sale=${sale} onChange=${change}>${!isOver(sale) && html`<${Button} kind="line" href=${`/admin/sales/${sale.id}/live`}><${Icon} name="radio" />${t('adminSales.board')}</${Button}>`}
        ${isOver(sale) && html`<${Button} kind="line" href=${`/admin/orders?sale=${sale.id}`}>${t('adminSales.itsOrders')}</${Button}><${Button} kind="line" href=${`/admin/sales/new?like=${sale.id}`}>${t('adminSales.again')}</${Button}>`}</${SaleActs}>`}</div>
    ${sale && isOver(sale) && html`<${Notice}>${t(sale.state === 'cancelled' ? 'adminSales.isCancelled' : 'adminSales.isEnded')}</${Notice}>`}
    <${SaleForm} key=${sale ? sale.id : 'new'} start=${start} onChange=${change} />`}</${Loaded}>`;
}

/**
 * What the form begins with: the sale, or what a new one shall be like.
 * @param {string | undefined} id @param {Record<string, string>} query @param {AbortSignal} signal @returns {Promise<Start>}
 */
async function begin(id, query, signal) {
  const from = id ?? (/^\d+$/.test(query.like ?? '') ? query.like : null);
  const model = from ? await api.get('/seckill/{id}', { params: { id: from }, signal }) : null;
  const asked = model?.product.id ?? (/^\d+$/.test(query.product ?? '') ? Number(query.product) : null);
  // The sale carries its product as it was read; the stock of its variant moves.
  const product = asked ? await api.get('/product/{id}', { params: { id: asked }, signal }).catch(() => model?.product ?? null) : null;
  const sku = product?.skus.find((one) => one.id === (model?.sku_id ?? Number(query.sku))) ?? (model ? undefined : product?.skus[0]);
  return { sale: id ? model : null, like: id ? null : model, goods: product && sku ? { product, sku } : null };
}
