import { html, useState } from '../../lib/html.js';
import { api } from '../../lib/api.js';
import { t } from '../../lib/i18n.js';
import { useAction } from '../../lib/page.js';
import { setQuery } from '../../lib/router.js';
import { ListSearch } from '../list-parts.js';
import { knowUser } from '../user-names.js';
import { looksLikeId } from './words.js';

/** @typedef {import('../../types/api.js').User} User */

/** Finds orders by their id or by who placed them; several users of a like name are offered. @param {{query: Record<string, string>}} props */
export function OrderSearch({ query }) {
  const [found, setFound] = useState(/** @type {User[] | null} */ (null));
  const choose = (/** @type {User} */ user) => { knowUser(user); setFound(null); setQuery({ user: user.id, q: null }); };
  const search = useAction(async (/** @type {string} */ text) => {
    setFound(null);
    if (!text || looksLikeId(text)) { setQuery({ q: text || null, ...(text ? { user: null } : {}) }); return; }
    const { items } = await api.get('/admin/users', { query: { q: text, page_size: 6 } });
    const exact = items.find((user) => user.user_name.toLowerCase() === text.normalize('NFKC').toLowerCase()) ?? (items.length === 1 ? items[0] : null);
    if (exact) choose(exact);
    else setFound(items);
  });
  return html`<${ListSearch} label=${t('adminOrders.search')} value=${query.q ?? ''} wait=${600} onSearch=${(/** @type {string} */ text) => void search.run(text)} />
    <span class="found" role="status">${found && (found.length
      ? html`<span class="muted">${t('adminOrders.whichUser')}</span>${found.map((user) => html`<button class="chip" type="button" key=${user.id} onClick=${() => choose(user)}>${user.user_name}</button>`)}`
      : html`<span class="muted">${t('adminOrders.nobody')}</span>`)}${search.error && html`<span class="error">${t('adminOrders.searchFailed')}</span>`}</span>`;
}
