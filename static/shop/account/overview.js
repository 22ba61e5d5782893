/** What is a step away from the account, with what there is to know. */
import { html } from '../../lib/html.js';
import { api } from '../../lib/api.js';
import { number, t } from '../../lib/i18n.js';
import { useLoad } from '../../lib/page.js';
import { user } from '../../lib/session.js';
import { Icon } from '../../ui/icon.js';
import { favourites } from '../favourites.js';

/** More are not counted, only told. */
const MOST = 100;

/** @param {{items: unknown[], next_cursor?: string | null} | undefined} list */
const counted = (list) => list && { n: list.items.length, more: Boolean(list.next_cursor) };

export function Overview() {
  const id = user.value?.id;
  const unpaid = counted(useLoad(id ? (signal) => api.get('/orders', { query: { status: 'unpaid', page_size: MOST }, signal }) : null, [id]).data);
  const addresses = counted(useLoad(id ? (signal) => api.get('/address', { signal }) : null, [id]).data);
  const tiles = /** @type {[string, string, string, string][]} */ ([
    ['/orders', 'receipt-text', t('common.orders'), !unpaid ? '' : unpaid.n ? t('account.toPay', { n: unpaid.n }) : t('account.nothingToPay')],
    ['/wallet', 'wallet', t('common.wallet'), t('account.walletLine')],
    ['/favorites', 'heart', t('common.favourites'), t('catalogue.things', { n: favourites.value.size })],
    ['/addresses', 'map-pin', t('common.addresses'), addresses ? `${number(addresses.n)}${addresses.more ? '+' : ''}` : ''],
  ]);
  return html`<ul class="ways" aria-label=${t('account.overview')}>${tiles.map(([href, icon, title, line]) => html`<li><a href=${href}><${Icon} name=${icon} /><b>${title}</b><small>${line || '\u00a0'}</small></a></li>`)}</ul>`;
}
