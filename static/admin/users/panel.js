import { html, useState } from '../../lib/html.js';
import { api } from '../../lib/api.js';
import { t } from '../../lib/i18n.js';
import { money } from '../../lib/money.js';
import { useLoad } from '../../lib/page.js';
import { user as me } from '../../lib/session.js';
import { shortId } from '../../lib/short-id.js';
import { date, dayAndTime } from '../../lib/time.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { Icon } from '../../ui/icon.js';
import { Loaded } from '../../ui/loaded.js';
import { Notice } from '../../ui/notice.js';
import { SkeletonRows } from '../../ui/skeleton.js';
import { Tag } from '../../ui/tag.js';
import { OrderTag } from '../orders/words.js';
import { knowUser } from '../user-names.js';
import { Ban, Role, Unban } from './acts.js';
import { Face, UserTags } from './parts.js';
import { TopUp } from './top-up.js';

/** @typedef {import('../../types/api.js').User} User */
/** @typedef {import('../../types/api.js').Order} Order */

/** One user at the side. @param {{id: number, onClose: () => void, onChange: (user: User) => void}} props */
export function UserPanel({ id, onClose, onChange }) {
  const load = useLoad(async (signal) => {
    const user = await api.get('/admin/user/{id}', { params: { id }, signal });
    knowUser(user);
    return user;
  }, [id]);
  const changed = (/** @type {User} */ user) => { load.set(user); onChange(user); };
  return html`<${Dialog} kind="side-panel" title=${load.data?.user_name ?? t('adminPeople.userNo', { id: String(id) })} onClose=${onClose}>
    <${Loaded} of=${load} skeleton=${html`<${SkeletonRows} count=${4} height="3rem" />`}>${(/** @type {User} */ user) => html`<${Shown} user=${user} onChange=${changed} />`}</${Loaded}>
  </${Dialog}>`;
}

const ACTS = { topUp: TopUp, ban: Ban, unban: Unban, role: Role };

/** @param {{user: User, onChange: (user: User) => void}} props */
function Shown({ user, onChange }) {
  const [act, setAct] = useState(/** @type {keyof typeof ACTS | null} */ (null));
  const own = me.value?.id === user.id, Act = act && ACTS[act];
  const done = (/** @type {User | null} */ next) => { setAct(null); if (next) onChange(next); };
  return html`<div class="row"><${Face} user=${user} /><div><b>${user.nick_name}</b><span class="tags below"><${UserTags} user=${user} />${user.role === 'admin' && html`<${Tag} kind="line">${t('adminPeople.admin')}</${Tag}>`}</span></div></div>
    <div class="row acts-row"><${Button} onClick=${() => setAct('topUp')}><${Icon} name="wallet" />${t('adminPeople.topUp')}</${Button}>
      <${Button} kind="line" disabled=${own} onClick=${() => setAct('role')}>${t(user.role === 'admin' ? 'adminPeople.makeCustomer' : 'adminPeople.makeAdmin')}</${Button}>
      ${user.status === 'banned' ? html`<${Button} kind="line" onClick=${() => setAct('unban')}>${t('adminPeople.unban')}</${Button}>`
        : html`<${Button} kind="danger" disabled=${own} onClick=${() => setAct('ban')}><${Icon} name="ban" />${t('adminPeople.ban')}</${Button}>`}</div>
    ${own && html`<${Notice}>${t('adminPeople.yourself')}</${Notice}>`}
    <dl class="facts"><div><dt>${t('adminPeople.since')}</dt><dd>${date(user.created_at)}</dd></div>
      <div><dt>${t('adminPeople.email')}</dt><dd>${user.email ? html`${user.email}${!user.email_verified && html`<small class="muted below">${t('adminPeople.unproven')}</small>`}` : t('adminCommon.none')}</dd></div>
      <div><dt>${t('adminPeople.id')}</dt><dd>${user.id}</dd></div></dl>
    <${Orders} user=${user.id} />
    ${Act && html`<${Act} user=${user} onClose=${() => setAct(null)} onDone=${done} />`}`;
}

/** @param {{user: number}} props */
function Orders({ user }) {
  const load = useLoad((signal) => api.get('/admin/orders', { query: { user_id: user, page_size: 6 }, signal }), [user]);
  return html`<section class="stack tight"><div class="row between"><h3 class="h-small">${t('adminPeople.orders')}</h3>${load.data?.items.length ? html`<a class="link tiny" href=${`/admin/orders?user=${user}`}>${t('common.seeAll')}</a>` : null}</div>
    <${Loaded} of=${load} skeleton=${html`<${SkeletonRows} count=${3} height="2rem" />`}>${(/** @type {{items: Order[]}} */ { items }) => (items.length
      ? html`<ul class="user-orders">${items.map((order) => html`<li key=${order.id}><a class="opens-link" href=${`/admin/orders/${order.id}?user=${user}`}><code>${shortId(order.id)}</code></a>
          <span class="muted tiny wide-only">${dayAndTime(order.created_at)}</span><${OrderTag} status=${order.status} /><b class="num">${money(order.total, { exact: true, currency: order.currency })}</b></li>`)}</ul>`
      : html`<p class="muted">${t('adminPeople.noOrders')}</p>`)}</${Loaded}></section>`;
}
