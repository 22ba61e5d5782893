import { html } from '../lib/html.js';
import { api } from '../lib/api.js';
import { t, tMaybe } from '../lib/i18n.js';
import { useAction, usePage } from '../lib/page.js';
import { dayAndTime } from '../lib/time.js';
import { toast } from '../lib/toast.js';
import { Button } from '../ui/button.js';
import { problemText } from '../ui/error.js';
import { Icon } from '../ui/icon.js';
import { Tabs } from '../ui/tabs.js';
import { Tag } from '../ui/tag.js';
import { ListPanel } from './list-parts.js';
import { useTopbar } from './shell.js';
import { useList } from './use-list.js';

/** @typedef {import('../types/api.js').Job} Job */

const KINDS = { waiting: '', running: 'warn', parked: 'bad' };

/** Work behind the counter: what waits, and what was given up. @param {import('../lib/router.js').PageProps} props */
export default function JobsPage({ query }) {
  const parked = query.parked === 'true';
  const list = useList((cursor, signal) => api.get('/admin/jobs', { signal, query: { parked, page_size: 30, cursor } }), [parked]);
  usePage({ title: t('adminJobs.title'), ready: !list.load.loading });
  useTopbar({ crumbs: [{ label: t('adminJobs.title') }] }, []);
  return html`<div class="work-head"><div><h1>${t('adminJobs.title')}</h1><p class="sub">${t('adminJobs.text')}</p></div><${Button} kind="line" onClick=${list.load.reload}><${Icon} name="refresh-cw" />${t('adminJobs.lookAgain')}</${Button}></div>
    <${Tabs} label=${t('adminJobs.byState')} current=${parked ? 'parked' : ''} tabs=${[{ key: '', label: t('adminJobs.tabWaiting'), href: '/admin/jobs' }, { key: 'parked', label: t('adminJobs.tabParked'), href: '/admin/jobs?parked=true' }]} />
    <${ListPanel} list=${list} label=${t(parked ? 'adminJobs.tabParked' : 'adminJobs.tabWaiting')}
      head=${html`<th>${t('adminJobs.job')}</th><th>${t('adminJobs.state')}</th><th class="wide-only">${t(parked ? 'adminJobs.givenUp' : 'adminJobs.due')}</th><th class="end wide-only">${t('adminJobs.attempts')}</th><th class="end"><span class="unseen">${t('adminJobs.acts')}</span></th>`}
      row=${(/** @type {Job} */ job) => html`<${Row} key=${job.id} job=${job} onChange=${(/** @type {Job} */ next) => list.put((one) => one.id === job.id, parked && next.state !== 'parked' ? null : next)} />`}
      empty=${{ title: t(parked ? 'adminJobs.noneParked' : 'adminJobs.noneWaiting'), text: t(parked ? 'adminJobs.noneParkedText' : 'adminJobs.noneWaitingText') }} />`;
}

/** @param {{job: Job, onChange: (job: Job) => void}} props */
function Row({ job, onChange }) {
  const retry = useAction(async () => {
    onChange(await api.post('/admin/jobs/{id}/retry', {}, { params: { id: job.id } }));
    toast(t('adminJobs.retried', { id: String(job.id) }));
  });
  const name = tMaybe(`adminJobs.kind_${job.kind.replace('.', '_')}`);
  return html`<tr><td>${name ?? html`<code>${job.kind}</code>`}<small class="muted below"><code>${job.id}</code> · ${t('adminJobs.since', { when: dayAndTime(job.created_at) })}</small>
      ${job.last_error && html`<small class="below bad-text">${job.last_error}</small>`}${retry.error && html`<p class="error">${problemText(retry.error)}</p>`}</td>
    <td><${Tag} kind=${KINDS[job.state]}>${t(`adminJobs.${job.state}`)}</${Tag}></td><td class="wide-only muted">${dayAndTime(job.parked_at ?? job.run_at)}</td><td class="end wide-only">${job.attempts}</td>
    <td class="end">${job.state !== 'running' && html`<${Button} kind="line" size="sm" busy=${retry.busy} onClick=${() => void retry.run()}>${t('adminJobs.retry')}</${Button}>`}</td></tr>`;
}
