import { classes, html, useEffect } from '../../lib/html.js';
import { api } from '../../lib/api.js';
import { t } from '../../lib/i18n.js';
import { useAction, useLoad } from '../../lib/page.js';
import { dayAndTime } from '../../lib/time.js';
import { Passing } from '../../ui/button.js';
import { problemText } from '../../ui/error.js';
import { FieldError } from '../../ui/field.js';
import { Icon } from '../../ui/icon.js';
import { readAudit } from './figures.js';

const LOOK_MS = 1500;

/** What the last audit found, and a button for another one. */
export function Books() {
  const load = useLoad(async (signal) => readAudit((await api.send('GET', '/admin/audit', undefined, { signal })).data), [], { keep: true });
  const start = useAction(async () => { await api.send('POST', '/admin/audit', {}); load.reload(); });
  const running = start.busy || load.data?.state === 'running';
  useEffect(() => {
    if (load.data?.state !== 'running') return undefined;
    const timer = setTimeout(load.reload, LOOK_MS);
    return () => clearTimeout(timer);
  }, [load.data]);
  if (load.error && !load.data) return html`<${Frame} kind="plain" title=${t('adminOverview.books')}><${FieldError} text=${problemText(load.error)} /><button class="link tiny" type="button" onClick=${load.reload}>${t('common.retry')}</button></${Frame}>`;
  const audit = load.data ?? /** @type {import('./figures.js').Audit} */ ({ state: 'never', at: null, breaches: [], rows: null });
  const act = html`<button class="link tiny" type="button" aria-busy=${running ? 'true' : undefined} onClick=${() => void start.run()}>${running ? html`<${Passing} /> ${t('adminOverview.auditing')}` : t('adminOverview.auditNow')}</button>`;
  return html`<${Frame} kind=${KINDS[audit.state]} title=${titleOf(audit)} act=${load.data && act}><p class="tiny muted">${load.data ? textOf(audit) : ''}</p>
    ${audit.state === 'breached' && html`<details class="details" open=${audit.breaches.length < 4}><summary>${t('common.details')}</summary><ul>${audit.breaches.map((one) => html`<li><b>${one.invariant}</b> <code>${one.subject}</code> <span lang="en">${one.detail}</span></li>`)}</ul></details>`}
    ${start.error && html`<${FieldError} text=${problemText(start.error)} />`}</${Frame}>`;
}

const KINDS = { clean: '', breached: 'wrong', never: 'plain', failed: 'plain', running: 'plain' };

/** @typedef {import('./figures.js').Audit} Audit */

/** @param {Audit} audit */
function titleOf({ state, breaches }) {
  if (state === 'clean') return t('adminOverview.booksExact');
  return state === 'breached' ? t('adminOverview.booksWrong', { n: breaches.length }) : t('adminOverview.books');
}

/** @param {Audit} audit */
function textOf({ state, at, breaches, rows }) {
  if (state === 'never') return t('adminOverview.neverAudited');
  if (state === 'failed') return t('adminOverview.auditFailed');
  if (!at) return '';
  const when = dayAndTime(at);
  return rows === null ? t('adminOverview.auditedPlain', { when })
    : t('adminOverview.auditedAt', { when, differences: t('adminOverview.differences', { n: breaches.length }), rows: t('adminOverview.rows', { n: rows }) });
}

/** @param {{kind: string, title: string, act?: any, children?: any}} props */
function Frame({ kind, title, act, children }) {
  return html`<section class=${classes('panel', kind !== 'plain' && 'books', kind)} aria-labelledby="books"><div class="in stack books-in">
    <div class="books-head"><h2 class="verdict" id="books"><${Icon} name="scale" />${title}</h2>${act}</div>${children}</div></section>`;
}
