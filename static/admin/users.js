import { html } from '../lib/html.js';
import { api } from '../lib/api.js';
import { t } from '../lib/i18n.js';
import { withQuery } from '../lib/match.js';
import { usePage } from '../lib/page.js';
import { navigate, openedWithin, openWithin, setQuery } from '../lib/router.js';
import { date } from '../lib/time.js';
import { Tag } from '../ui/tag.js';
import { ListPanel, ListSearch } from './list-parts.js';
import { useTopbar } from './shell.js';
import { useList } from './use-list.js';
import { Face, UserTags } from './users/parts.js';
import { UserPanel } from './users/panel.js';

/** @typedef {import('../types/api.js').User} User */

/** Everybody with an account, and one of them in a panel at the side. @param {import('../lib/router.js').PageProps} props */
export default function UsersPage({ params, query }) {
  const list = useList((cursor, signal) => api.get('/admin/users', { signal, query: { q: query.q, page_size: 30, cursor } }), [query.q]);
  usePage({ title: t('adminPeople.users'), ready: !list.load.loading });
  useTopbar({ crumbs: [{ label: t('adminPeople.users') }] }, []);
  const close = () => (openedWithin() ? history.back() : void navigate(withQuery(`/admin/users${location.search}`, {}), { replace: true }));
  return html`<div class="work-head"><h1>${t('adminPeople.users')}</h1></div>
    <${ListPanel} list=${list} label=${t('adminPeople.users')}
      toolbar=${html`<${ListSearch} label=${t('adminPeople.search')} value=${query.q ?? ''} onSearch=${(/** @type {string} */ q) => setQuery({ q })} />`}
      head=${html`<th>${t('adminPeople.name')}</th><th class="wide-only">${t('adminPeople.email')}</th><th class="wide-only">${t('adminPeople.role')}</th><th>${t('adminPeople.status')}</th><th class="end wide-only">${t('adminPeople.since')}</th>`}
      row=${(/** @type {User} */ user) => html`<${Row} key=${user.id} user=${user} href=${withQuery(`/admin/users/${user.id}${location.search}`, {})} />`}
      empty=${{ title: t('adminPeople.noUsers'), text: t('adminPeople.noUsersText') }} />
    ${params.id && html`<${UserPanel} key=${params.id} id=${Number(params.id)} onClose=${close} onChange=${(/** @type {User} */ user) => list.put((one) => one.id === user.id, user)} />`}`;
}

/** @param {{user: User, href: string}} props */
function Row({ user, href }) {
  const open = (/** @type {MouseEvent} */ event) => {
    if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    openWithin(href);
  };
  return html`<tr class="opens" onClick=${open}><td><div class="cell"><${Face} user=${user} /><span><a class="opens-link" href=${href}>${user.user_name}</a><small class="muted cut">${user.nick_name}</small></span></div></td>
    <td class="wide-only muted">${user.email}${user.email && !user.email_verified && html`<small class="below">${t('adminPeople.unproven')}</small>`}</td>
    <td class="wide-only">${t(`adminPeople.${user.role}`)}</td><td><span class="tags"><${UserTags} user=${user} /><span class="narrow-only">${user.role === 'admin' && html`<${Tag} kind="line">${t('adminPeople.admin')}</${Tag}>`}</span></span></td>
    <td class="end muted wide-only">${date(user.created_at)}</td></tr>`;
}
