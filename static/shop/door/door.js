/** The frame of log-in, join and lost passwords: the form, and beside it what it is for. */
import { classes, html, useEffect, useRef } from '../../lib/html.js';
import { t } from '../../lib/i18n.js';
import { ownPath, withQuery } from '../../lib/match.js';
import { rich } from '../../lib/rich.js';
import { navigate } from '../../lib/router.js';
import { user } from '../../lib/session.js';
import { Notice } from '../../ui/notice.js';
import { count } from '../bag.js';
import { hasIntent, Intent } from './intent.js';
import { intentOf } from './way-back.js';

const LEADS = /** @type {const} */ ({ sale: 'login.backToSale', product: 'login.backToProduct', checkout: 'login.onToCheckout', place: 'login.backToPlace' });

/** One sentence on what comes after. @param {string} next */
export function leadOf(next) {
  const { kind } = intentOf(next);
  if (kind !== 'none') return t(LEADS[kind]);
  return count.value && !user.value ? t('login.bagComesAlong') : null;
}

/** @param {{title: any, lead?: any, next?: string, onSubmit: (event: Event) => void, children?: any}} props */
export function Door({ title, lead, next = '/', onSubmit, children }) {
  const aside = hasIntent(next);
  return html`<div class=${classes('wrap door', !aside && 'alone')}>
    <form onSubmit=${onSubmit} novalidate><div><h1>${title}</h1>${lead && html`<p class="lead door-lead">${lead}</p>`}</div>${children}</form>
    ${aside && html`<${Intent} next=${next} />`}
  </div>`;
}

/** Goes on as soon as somebody has logged in, here or in another tab. @param {string | undefined} next */
export function useWayOn(next) {
  const before = useRef(user.value?.id), here = user.value?.id;
  useEffect(() => {
    if (here && here !== before.current) void navigate(ownPath(next), { replace: true });
  }, [here]);
}

/** The other door, with the same way back. @param {'/login' | '/register' | '/reset-password'} path @param {Record<string, string>} query */
export const door = (path, { next, admin }) => withQuery(path, { next: next ? ownPath(next) : null, admin });

/** Names and the password of the demo. */
export const DEMO = { people: ['alice', 'bob'], password: 'stampede-demo', admin: 'admin', adminPassword: 'stampede-admin', pin: '246810' };

/** Log-ins of the demo, filled in by a press. @param {{onFill: (name: string, password: string) => void}} props */
export function DemoLogIns({ onFill }) {
  const code = (/** @type {string} */ text) => html`<code>${text}</code>`;
  const fill = (/** @type {string} */ name, /** @type {string} */ password) => html`<button class="btn line sm" type="button"
    aria-label=${t('login.fillIn', { name })} onClick=${() => onFill(name, password)}>${name}</button>`;
  return html`<${Notice}><p>${rich('login.demo', { code })}</p>
    <div class="row demo-fill">${DEMO.people.map((name) => fill(name, DEMO.password))}${fill(DEMO.admin, DEMO.adminPassword)}</div></${Notice}>`;
}

