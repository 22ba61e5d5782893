import { html, useEffect, useLayoutEffect, useRef, useState } from '../../lib/html.js';
import { number, t } from '../../lib/i18n.js';
import { precision, shopNow } from '../../lib/clock.js';
import { online } from '../../lib/online.js';
import { useTick } from '../../lib/page.js';
import { shop } from '../../lib/shop.js';
import { minutesSeconds } from '../../lib/time.js';
import { Button } from '../../ui/button.js';
import { Countdown } from '../../ui/countdown.js';
import { Gate } from '../../ui/gate.js';
import { Icon } from '../../ui/icon.js';
import { Price } from '../../ui/price.js';
import { openSales, phaseNow } from '../sales-store.js';
import { announcement } from './announce.js';
import { Inflow } from './inflow.js';
import { judge, nextInstant } from './machine.js';
import { isComing, nextTurn } from './phase.js';
import { rowsOf } from './rows.js';
import { richOf, textOf } from './words.js';

/** @typedef {import('./desk-store.js').Desk} Store */
/** @typedef {import('./rows.js').Act} Act */
/** @typedef {import('./rows.js').Rows} Rows */
/** @typedef {(act: Act) => void} Do */

const USUAL_PAY_MS = 15 * 60_000;

/** How long a buyer has to pay: as this buyer's orders have it, else as the shop says. @param {import('./machine.js').Order[]} orders */
export function payWithin(orders) {
  const known = orders.find((order) => order.pay_by);
  if (known?.pay_by) return Date.parse(known.pay_by) - Date.parse(known.created_at);
  return shop.pay_within_secs ? shop.pay_within_secs * 1000 : USUAL_PAY_MS;
}

/** State, main row, price, stock, button, small print: rows that keep their places. @param {{store: Store, onAct: Do}} props */
export function Desk({ store, onAct }) {
  const now = shopNow(), facts = store.facts(now), verdict = judge(facts);
  const rows = rowsOf(facts, verdict, { seenAt: store.seenAt.value, soldOut: store.soldOut.value, payWithinMs: payWithin(facts.orders), addresses: store.addresses.value,
    chosen: store.chosen.value, delivery: store.methods.value[0] ?? null, precision: precision.value, watched: store.watched.value, offered: store.offered.value, next: nextOf(facts.sale.id), network: online.value });
  useTick(250);
  useInstant(Math.min(nextTurn(facts.sale, now), nextInstant(facts)));
  const acts = useKeptFocus();
  return html`<section class="desk" aria-label=${t('common.flashSale')} data-state=${verdict.state}>
    <div class="desk-state"><span><${Mark} mark=${rows.head.mark} />${textOf(rows.head.words)}</span>
      ${rows.aside && html`<span class="muted num" role=${rows.aside.timer ? 'timer' : undefined}>${textOf(rows.aside.words)}</span>`}</div>
    <div class="desk-main"><${Main} main=${rows.main} now=${now} /></div>
    <${Price} now=${rows.price.now} list=${rows.price.list} size="large" currency=${facts.sale.currency} />
    <${Stock} stock=${rows.stock} />
    <div class="desk-do"><div class="desk-act" ref=${acts}>${rows.buttons.map((button) => html`<${Press} button=${button} onAct=${onAct} />`)}</div>
      <ul class="desk-foot">${rows.foot.map((line) => html`<li key=${line.words.key}><${Icon} name=${line.icon} /><span>${richOf(line.words, linksOf(line.links, onAct))}</span></li>`)}</ul></div>
    <${Announcer} moment=${{ verdict, untilStart: Date.parse(facts.sale.starts_at) - now, untilEnd: Date.parse(facts.sale.ends_at) - now, left: facts.sale.stock_left }} />
  </section>`;
}

/** The next sale that comes, other than this. @param {number} id */
function nextOf(id) {
  const next = openSales.value.find((sale) => sale.id !== id && isComing(phaseNow(sale)));
  return next ? { id: next.id, name: next.product.name, startsAt: Date.parse(next.starts_at) } : null;
}

/** Renders again right at an instant of the shop's clock. @param {number} at */
function useInstant(at) {
  const [, set] = useState(0), left = at - shopNow();
  useEffect(() => {
    if (!(left < 2 ** 31 - 1)) return undefined;
    const timer = setTimeout(() => set((n) => n + 1), Math.max(0, at - shopNow()) + 1);
    return () => clearTimeout(timer);
  }, [at]);
}

/** @param {{mark: string}} props */
function Mark({ mark }) {
  if (mark === 'live') return html`<i class="live-dot"></i>`;
  return mark ? html`<${Icon} name=${mark} />` : null;
}

/** @param {{main: Rows['main'], now: number}} props */
function Main({ main, now }) {
  if (main.kind === 'clock') return html`<${Countdown} until=${main.until} speak=${false} />`;
  if (main.kind === 'units') return html`<p class="desk-left"><span class="clock num">${number(main.left)}</span> <span>${t('sale.unitsLeft', { n: main.left, total: main.total })}</span></p>`;
  const left = (/** @type {number} */ at) => html`<b class="num" role="timer" aria-label=${t('sale.timeToPay')}>${minutesSeconds(at - now)}</b>`;
  return html`<h2>${textOf(main.title)}</h2><p>${richOf(main.text, main.payBy === undefined ? {} : { left: () => left(/** @type {number} */ (main.payBy)) })}</p>`;
}

/** @param {{stock: Rows['stock']}} props */
function Stock({ stock }) {
  const { kind, gone, total, start, strong, end, flow } = stock, time = kind === 'time';
  const shown = time ? Math.round(gone / 1000) : gone;
  const text = [start, ...(end ? [end] : [])].map((one) => textOf(one)).join(', ');
  return html`<div class="desk-stock">${flow && html`<${Inflow} />`}
    <${Gate} gone=${shown} total=${time ? Math.round(total / 1000) : total} kind=${time ? 'time' : ''} label=${time ? t('sale.timeToPay') : undefined} valueText=${text}>
      ${strong ? html`<b>${textOf(start)}</b>` : html`<span class=${end ? undefined : 'muted'}>${textOf(start)}</span>`}${end && html`<span class="muted num">${textOf(end)}</span>`}
    </${Gate}></div>`;
}

/** @param {{button: import('./rows.js').Button, onAct: Do}} props */
function Press({ button, onAct }) {
  const { words, look, icon, disabled, busy, quiet, pressed, href } = button, text = textOf(words);
  return html`<${Button} kind=${look} size="big" block busy=${busy} disabled=${disabled} href=${href} aria-pressed=${pressed === undefined ? undefined : String(pressed)}
    onClick=${href ? undefined : () => onAct(button)}>${icon && html`<${Icon} name=${icon} />`}${quiet ? html`<span class="unseen">${text}</span>` : text}</${Button}>`;
}

/** @param {Record<string, Act> | undefined} links @param {Do} onAct */
function linksOf(links, onAct) {
  const code = (/** @type {string} */ inner) => html`<code>${inner}</code>`;
  return Object.fromEntries([['code', code], ...Object.entries(links ?? {}).map(([tag, act]) => [tag, (/** @type {string} */ inner) => (act.href
    ? html`<a class="link" href=${act.href}>${inner}</a>` : html`<button class="link" type="button" onClick=${() => onAct(act)}>${inner}</button>`)])]);
}

/** Who pressed with the keyboard stays at the button when it becomes a link, or is shut for a moment. */
function useKeptFocus() {
  const place = useRef(/** @type {HTMLElement | null} */ (null)), here = useRef(false);
  useEffect(() => {
    const moved = (/** @type {Event} */ event) => { here.current = place.current?.contains(/** @type {Node} */ (event.target)) === true; };
    document.addEventListener('focusin', moved);
    return () => document.removeEventListener('focusin', moved);
  }, []);
  useLayoutEffect(() => {
    if (!here.current || (document.activeElement !== document.body && document.activeElement !== null)) return;
    const next = place.current?.querySelector('a, button:not([disabled])');
    if (next instanceof HTMLElement) next.focus({ preventScroll: true });
  });
  return place;
}

/** The one region that speaks. @param {{moment: import('./announce.js').Moment}} props */
function Announcer({ moment }) {
  const before = useRef(moment), [said, say] = useState('');
  useEffect(() => {
    const words = announcement(before.current, moment);
    before.current = moment;
    if (words) say(textOf(words));
  });
  return html`<p class="unseen" role="status">${said}</p>`;
}

