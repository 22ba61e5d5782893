import { html, useState } from '../../lib/html.js';
import { api } from '../../lib/api.js';
import { t, tMaybe } from '../../lib/i18n.js';
import { money } from '../../lib/money.js';
import { useAction, useLoad } from '../../lib/page.js';
import { shopNow } from '../../lib/clock.js';
import { shop } from '../../lib/shop.js';
import { date, dayMonth, timeOfDay } from '../../lib/time.js';
import { Empty } from '../../ui/empty.js';
import { Loaded } from '../../ui/loaded.js';
import { ProblemNotice } from '../../ui/notice.js';
import { ShowMore } from '../../ui/pages.js';
import { SkeletonRows } from '../../ui/skeleton.js';

/** @typedef {import('../../types/api.js').Transfer} Transfer */

const PAGE = 20;

/** The newest page first, older ones when asked for. @param {number | undefined} who */
export function useStatement(who) {
  const ask = (/** @type {string | undefined} */ cursor, /** @type {AbortSignal | undefined} */ signal) => api.get('/wallet/transfers', { query: { page_size: PAGE, cursor }, signal });
  const first = useLoad(who ? (signal) => ask(undefined, signal) : null, [who]);
  const [older, setOlder] = useState(/** @type {{items: Transfer[], next: string | null | undefined}} */ ({ items: [], next: undefined }));
  const next = older.next === undefined ? first.data?.next_cursor : older.next;
  const more = useAction(async () => {
    const page = await ask(next ?? undefined, undefined);
    setOlder((old) => ({ items: [...old.items, ...page.items], next: page.next_cursor ?? null }));
  });
  return { first, older: older.items, more, hasMore: Boolean(next) };
}

/** @param {{statement: ReturnType<typeof useStatement>, open: boolean}} props `open`: the PIN was given, balances may be seen */
export function Statement({ statement: { first, older, more, hasMore }, open }) {
  return html`<section aria-labelledby="statement"><h2 class="h-part" id="statement">${t('account.statement')}</h2>
    <${Loaded} of=${first} skeleton=${html`<${SkeletonRows} count=${5} height="3.5rem" />`}>${(/** @type {{items: Transfer[]}} */ data) => {
      const rows = [...data.items, ...older];
      if (!rows.length) return html`<${Empty} title=${t('account.noTransfers')} text=${t('account.noTransfersText')} />`;
      return html`<div class="table-wrap"><table class="table" aria-labelledby="statement"><thead><tr><th scope="col">${t('account.when')}</th><th scope="col">${t('account.what')}</th>
        <th scope="col" class="end">${t('account.amount')}</th><th scope="col" class="end wide-only">${t('account.balance')}</th></tr></thead>
        <tbody>${rows.map((one) => html`<${Row} key=${one.id} transfer=${one} open=${open} />`)}</tbody></table></div>
        <${ProblemNotice} error=${more.error} />${hasMore && html`<p class="more"><${ShowMore} busy=${more.busy} onMore=${() => void more.run()} /></p>`}`;
    }}</${Loaded}></section>`;
}

/** @param {string} at */
function when(at) {
  const here = new Date(shopNow()).getFullYear() === new Date(at).getFullYear();
  return html`<time datetime=${at}>${here ? dayMonth(at) : date(at)} <span class="row-time">${timeOfDay(at)}</span></time>`;
}

/** As the list of orders writes it: the first part alone is the same for a minute. @param {string} id */
const orderName = (id) => id.slice(0, 13);

/** @param {{transfer: Transfer, open: boolean}} props */
function Row({ transfer: { kind, amount, balance_after, currency, order_id, created_at }, open }) {
  const what = tMaybe(`account.kind_${kind}`) ?? t('account.kind_other');
  return html`<tr><td class="muted num">${when(created_at)}</td>
    <td>${what}${order_id ? html`<a class="row-note" href=${`/order/${order_id}`}>${t('account.order', { id: orderName(order_id) })}</a>`
      : kind === 'opening' && shop.demo ? html`<span class="row-note">${t('account.gift')}</span>` : kind === 'top_up' ? html`<span class="row-note">${t('account.byAdmin')}</span>` : null}</td>
    <td class="end row-amount">${money(amount, { currency, exact: true, sign: true })}</td>
    <td class="end muted wide-only">${open ? money(balance_after, { currency, exact: true }) : html`<span aria-hidden="true">••••</span><span class="unseen">${t('account.hidden')}</span>`}</td></tr>`;
}
