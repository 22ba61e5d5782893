import { html, useEffect, useState } from '../../../lib/html.js';
import { api, pause } from '../../../lib/api.js';
import { number, t } from '../../../lib/i18n.js';
import { useAction } from '../../../lib/page.js';
import { asProblem, isAbort } from '../../../lib/problem.js';
import { tab } from '../../../lib/storage.js';
import { Button, Passing } from '../../../ui/button.js';
import { problemText } from '../../../ui/error.js';
import { Field } from '../../../ui/field.js';
import { Icon } from '../../../ui/icon.js';
import { Notice } from '../../../ui/notice.js';
import { Tag } from '../../../ui/tag.js';
import { parseCount } from '../form.js';
import { ms } from './plots.js';

/** @typedef {{id: string, state: 'running' | 'done' | 'failed', users: number, stock: number, started_at: string, finished_at: string | null, report: any, error: string | null}} Rehearsal */

const MEMORY = 'stampede_rehearsal', LOOK_MS = 1000, MOST = 50_000, MOST_RATE = 20_000;

/** A sale with made-up shoppers, in development: started here, its progress and its report shown. */
export function Rehearse() {
  const [id, setId] = useState(/** @type {string | null} */ (tab.get(MEMORY))), [seen, setSeen] = useState(/** @type {Rehearsal | null} */ (null));
  const [open, setOpen] = useState(false);
  useEffect(() => {
    if (!id) return undefined;
    const stop = new AbortController();
    void follow(id, stop.signal, setSeen, () => { tab.remove(MEMORY); setId(null); setSeen(null); });
    return () => stop.abort();
  }, [id]);
  const started = (/** @type {Rehearsal} */ one) => { tab.set(MEMORY, one.id); setSeen(one); setId(one.id); setOpen(false); };
  const running = seen?.state === 'running';
  return html`<section class="panel" aria-labelledby="rehearse"><header><h2 id="rehearse">${t('adminLive.rehearse')}</h2><${Tag} kind="line">${t('adminLive.development')}</${Tag}></header><div class="in stack">
    <p class="muted">${t('adminLive.rehearseText')}</p>
    ${seen && html`<${Result} of=${seen} />`}
    ${open ? html`<${Plan} onClose=${() => setOpen(false)} onDone=${started} />`
      : html`<${Button} kind="line" block disabled=${running} onClick=${() => setOpen(true)}><${Icon} name="play" />${t('adminLive.start')}</${Button}>`}
  </div></section>`;
}

/** @param {string} id @param {AbortSignal} signal @param {(seen: Rehearsal) => void} tell @param {() => void} gone */
async function follow(id, signal, tell, gone) {
  while (!signal.aborted) {
    try {
      const { data } = await api.send('GET', '/admin/rehearsals/{id}', undefined, { params: { id }, signal });
      tell(data);
      if (data.state !== 'running') return;
    } catch (error) {
      if (isAbort(error)) return;
      if (asProblem(error).status === 404) { gone(); return; }
      // The shop is busy with the rehearsal itself: look again.
    }
    await pause(LOOK_MS, signal).catch(() => {});
  }
}

/** How many come, for how much, how fast. @param {{onClose: () => void, onDone: (one: Rehearsal) => void}} props */
function Plan({ onClose, onDone }) {
  const [users, setUsers] = useState('2000'), [stock, setStock] = useState('200'), [rate, setRate] = useState(''), [tried, setTried] = useState(false);
  const within = (/** @type {string} */ text, /** @type {number} */ most) => { const n = parseCount(text); return n !== null && n >= 1 && n <= most; };
  const good = within(users, MOST) && within(stock, MOST) && (!rate.trim() || within(rate, MOST_RATE));
  const start = useAction(async () => {
    const body = { users: parseCount(users), stock: parseCount(stock), ...(rate.trim() ? { rate: parseCount(rate) } : {}) };
    onDone((await api.send('POST', '/admin/rehearsals', body)).data);
  });
  const submit = (/** @type {Event} */ event) => { event.preventDefault(); setTried(true); if (good) void start.run(); };
  const field = (/** @type {string} */ text, /** @type {(text: string) => void} */ set, /** @type {number} */ most, optional = false) => ({ value: text, inputmode: 'numeric', autocomplete: 'off',
    error: tried && !(optional && !text.trim()) && !within(text, most) ? t('adminLive.oneTo', { n: most }) : null, onInput: (/** @type {any} */ event) => set(event.currentTarget.value) });
  return html`<form class="stack tight" novalidate onSubmit=${submit}><div class="two-up"><${Field} label=${t('adminLive.users')} ...${field(users, setUsers, MOST)} /><${Field} label=${t('adminLive.units')} ...${field(stock, setStock, MOST)} /></div>
    <${Field} label=${t('adminLive.rate')} hint=${t('adminLive.rateHint')} ...${field(rate, setRate, MOST_RATE, true)} />
    ${start.error && html`<${Notice} kind="bad" alert>${start.error.code === 'rehearsal_running' ? t('adminLive.oneRuns') : problemText(start.error)}</${Notice}>`}
    <div class="row"><${Button} type="submit" busy=${start.busy}><${Icon} name="play" />${t('adminLive.start')}</${Button}><${Button} kind="line" onClick=${onClose}>${t('common.cancel')}</${Button}></div></form>`;
}

/** @param {{of: Rehearsal}} props */
function Result({ of: { state, users, stock, started_at, report, error } }) {
  if (state === 'running') return html`<div class="row" role="status"><${Passing} /><span>${t('adminLive.playing', { users: number(users), stock: number(stock), time: new Date(started_at).toLocaleTimeString() })}</span></div>`;
  if (state === 'failed') return html`<${Notice} kind="bad" alert>${t('adminLive.notPlayed')} <span class="muted">${error}</span></${Notice}>`;
  const { answers = {}, latency = {}, rehearsal = {} } = report ?? {};
  const rows = [[t('adminLive.won'), number(answers.won ?? 0)], [t('adminLive.perSecond'), number(report?.answers_per_second ?? 0)],
    [t('adminLive.soldOutAfter'), report?.sold_out_after_ms == null ? t('adminLive.notSoldOut') : t('adminLive.millis', { n: report.sold_out_after_ms })],
    ['p50', t('adminLive.msOf', { n: ms((latency.accepted?.p50_us ?? 0) / 1000) })], ['p99', t('adminLive.msOf', { n: ms((latency.accepted?.p99_us ?? 0) / 1000) })]];
  return html`<${Notice} kind=${report?.clean ? 'good' : 'bad'} alert><b>${t(report?.clean ? 'adminLive.wasExact' : 'adminLive.wasNot')}</b>
    <p>${t('adminLive.played', { claims: number(rehearsal.claims ?? users), stock: number(stock) })}</p>
    <dl class="facts">${rows.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
    <details class="json"><summary>${t('adminLive.report')}</summary><pre tabindex="0">${JSON.stringify(report, null, 2)}</pre></details></${Notice}>`;
}
