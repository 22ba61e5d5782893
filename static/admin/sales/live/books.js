import { classes, html, useEffect, useRef, useState } from '../../../lib/html.js';
import { api } from '../../../lib/api.js';
import { number, t } from '../../../lib/i18n.js';
import { useLoad } from '../../../lib/page.js';
import { dayAndTime } from '../../../lib/time.js';
import { Icon } from '../../../ui/icon.js';
import { books, lastVerdict } from './history.js';

/** @typedef {import('./history.js').Second} Second */

/**
 * Whether gate and database agree, and the sum that shows it: as the event carries it. In a second in which units moved
 * while they were counted there is no verdict: the one before stands, with its age.
 * @param {{seconds: Second[], heardAt: number}} props
 */
export function Books({ seconds, heardAt }) {
  const now = seconds[seconds.length - 1], known = lastVerdict(seconds), { verdict } = books(known ?? { ...now, books: 'unknown' }), { sum, off } = books(now);
  const wrong = verdict === 'tooMany' || verdict === 'missing' || verdict === 'disagree', n = known ? Math.abs(books(known).off) : 0;
  const words = t(`adminLive.books_${verdict}`, { n });
  const line = (/** @type {string} */ name, /** @type {number} */ value, /** @type {string} */ colour, /** @type {boolean} */ bad) => html`
    <dt class=${classes(bad && 'wrong')}><i class="swatch" style=${{ '--c': colour }}></i>${name}${bad && html`<${Icon} name="circle-alert" />`}</dt><dd class=${classes(bad && 'wrong')}>${number(value)}</dd>`;
  return html`<section class=${classes('panel books', wrong && 'broken', verdict === 'unknown' && 'counting')} aria-label=${t('adminLive.books')}><div class="in stack">
    <div class="row between"><h2 class="verdict"><${Icon} name="scale" />${words}</h2><${Age} of=${now.at - (known ?? now).at} heardAt=${heardAt} /></div>
    <${Spoken} wrong=${wrong} words=${words} />
    <div class="units" aria-hidden="true">${[['--d-won', now.taken], ['--d-pending', now.inFlight], ['--books-left', now.left]].map(([colour, part]) => (Number(part) > 0 ? html`<i style=${{ '--c': `var(${colour})`, flex: part }}></i>` : null))}</div>
    <dl class="sumline">${line(t('adminLive.taken'), now.taken, 'var(--d-won)', wrong && now.taken > now.total)}
      ${line(t('adminLive.inFlight'), now.inFlight, 'var(--d-pending)', false)}${line(t('adminLive.left'), now.left, 'var(--books-left)', wrong && now.left < 0)}
      ${wrong && html`<dt class="total wrong">${t('adminLive.sumOff')}<${Icon} name="circle-alert" /></dt><dd class="total wrong">= ${number(sum)}</dd>`}
      <dt class=${classes(!wrong && 'total')}>${t('adminLive.inTheSale')}${!wrong && off !== 0 && html`<small class="muted">${t('adminLive.moving', { n: Math.abs(off) })}</small>`}</dt>
      <dd class=${classes(!wrong && 'total')}>${wrong ? '' : off === 0 ? '= ' : '≈ '}${number(now.total)}</dd></dl>
    <ul class="checks tiny"><${Check} ok=${now.taken <= now.total} text=${t('adminLive.checkOnce')} />
      <${Check} ok=${wrong ? false : verdict === 'exact' ? true : null} text=${t('adminLive.checkGate', { epoch: String(now.epoch) })} /><${AuditCheck} /></ul>
    ${wrong && html`<p><a class="link" href="/admin#books">${t('adminLive.toAudit')}</a></p>`}
  </div></section>`;
}

/** Spoken when the books stop agreeing and when they agree again; not every second. @param {{wrong: boolean, words: string}} props */
function Spoken({ wrong, words }) {
  const was = useRef(wrong), [said, say] = useState(wrong ? words : '');
  useEffect(() => { if (was.current !== wrong) { was.current = wrong; say(words); } }, [wrong]);
  return html`<span class="unseen" role=${wrong ? 'alert' : 'status'}>${said}</span>`;
}

/** @param {{ok: boolean | null, text: string}} props null: cannot be told now */
const Check = ({ ok, text }) => html`<li class=${classes(ok === false && 'wrong')}><${Icon} name=${ok === null ? 'minus' : ok ? 'check' : 'x'} /><span>${text}${ok === null ? html` <span class="muted">${t('adminLive.notNow')}</span>` : ok ? '' : html`<span class="unseen"> ${t('adminLive.no')}</span>`}</span></li>`;

/** What the counts of a second cannot say: limits and orders. The audit says it, when there was one. */
function AuditCheck() {
  const load = useLoad(async (signal) => (await api.send('GET', '/admin/audit', undefined, { signal })).data, []);
  const last = load.data?.last;
  if (!last || last.clean === null || last.clean === undefined) return null;
  return html`<${Check} ok=${last.clean} text=${t(last.clean ? 'adminLive.auditClean' : 'adminLive.auditFound', { when: dayAndTime(last.finished_at) })} />`;
}

/** How old the verdict is. @param {{of: number, heardAt: number}} props */
function Age({ of: age, heardAt }) {
  const [now, set] = useState(performance.now());
  useEffect(() => { const timer = setInterval(() => set(performance.now()), 1000); return () => clearInterval(timer); }, []);
  const seconds = Math.floor((age + Math.max(0, now - heardAt)) / 1000);
  return html`<span class="tiny muted num">${seconds < 2 ? t('adminLive.justNow') : t('adminLive.secondsAgo', { n: seconds })}</span>`;
}
