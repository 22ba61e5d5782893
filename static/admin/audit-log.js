import { html } from '../lib/html.js';
import { api } from '../lib/api.js';
import { t, tMaybe } from '../lib/i18n.js';
import { usePage } from '../lib/page.js';
import { shortId } from '../lib/short-id.js';
import { date, timeExact } from '../lib/time.js';
import { ListPanel } from './list-parts.js';
import { useTopbar } from './shell.js';
import { useList } from './use-list.js';
import { UserName } from './user-names.js';

/** @typedef {import('../types/api.js').AuditLogEntry} Entry */

/** Where a target of the log can be looked at. @type {Record<string, (id: string) => string>} */
const PLACES = { user: (id) => `/admin/users/${id}`, order: (id) => `/admin/orders/${id}`, sale: (id) => `/admin/sales/${id}`, product: (id) => `/admin/products/${id}`,
  category: () => '/admin/categories', carousel: () => '/admin/carousel', webhook: () => '/admin/webhooks', delivery_method: () => '/admin/delivery', job: () => '/admin/jobs' };

/** What admins did; to be read only. */
export default function AuditLogPage() {
  const list = useList((cursor, signal) => api.get('/admin/audit_log', { signal, query: { page_size: 50, cursor } }), []);
  usePage({ title: t('adminPeople.log'), ready: !list.load.loading });
  useTopbar({ crumbs: [{ label: t('adminPeople.log') }] }, []);
  return html`<div class="work-head"><div><h1>${t('adminPeople.log')}</h1><p class="sub">${t('adminPeople.logText')}</p></div></div>
    <${ListPanel} list=${list} label=${t('adminPeople.log')} class="log"
      head=${html`<th>${t('adminCommon.when')}</th><th>${t('adminPeople.who')}</th><th>${t('adminPeople.what')}</th><th class="wide-only">${t('adminPeople.toWhat')}</th><th class="wide-only">${t('common.details')}</th>`}
      row=${(/** @type {Entry} */ entry) => html`<${Row} key=${entry.id} entry=${entry} />`}
      empty=${{ title: t('adminPeople.noLog'), text: t('adminPeople.noLogText') }} />`;
}

/** @param {{entry: Entry}} props */
function Row({ entry }) {
  const done = tMaybe(`adminPeople.act_${entry.action.replace('.', '_')}`);
  return html`<tr><td class="nowrap"><time datetime=${entry.created_at}>${date(entry.created_at)}<small class="muted below">${timeExact(entry.created_at)}</small></time></td>
    <td>${entry.actor_id === null || entry.actor_id === undefined ? html`<span class="muted">${t('adminCommon.commandLine')}</span>` : html`<${UserName} id=${entry.actor_id} link />`}</td>
    <td>${done ?? html`<code>${entry.action}</code>`}<span class="narrow-only"><${Target} of=${entry.target} /><${Detail} entry=${entry} quiet /></span></td>
    <td class="wide-only"><${Target} of=${entry.target} /></td><td class="wide-only"><${Detail} entry=${entry} /></td></tr>`;
}

/** @param {{of: string}} props */
function Target({ of: target }) {
  const [kind, id = ''] = target.split(':'), name = tMaybe(`adminPeople.kind_${kind}`) ?? kind;
  const shown = html`${name} <code>${shortId(id)}</code>`;
  return PLACES[kind] && id ? html`<a class="quiet-link" href=${PLACES[kind](id)} title=${target}>${shown}</a>` : html`<span title=${target}>${shown}</span>`;
}

/** Parameters of the act: in a line, and in full when it is folded out. @param {{entry: Entry, quiet?: boolean}} props */
function Detail({ entry, quiet }) {
  const detail = /** @type {Record<string, unknown>} */ (entry.detail ?? {}), names = Object.keys(detail).filter((name) => detail[name] !== null);
  if (!names.length) return quiet ? null : html`<span class="muted">–</span>`;
  return html`<details class="json"><summary>${names.join(', ')}</summary><pre tabindex="0">${JSON.stringify(detail, null, 2)}</pre></details>`;
}
