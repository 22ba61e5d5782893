/** The frame of account, wallet and addresses: heading, menu at the left (chips on the phone), content. */
import { html, signal, useEffect, useRef, useState } from '../../lib/html.js';
import { t } from '../../lib/i18n.js';
import { withQuery } from '../../lib/match.js';
import { navigate } from '../../lib/router.js';
import { logOut, user } from '../../lib/session.js';
import { Button } from '../../ui/button.js';
import { Empty } from '../../ui/empty.js';

/** @typedef {'profile' | 'wallet' | 'addresses' | 'email' | 'password'} Place */

const MENU = /** @type {const} */ ([['profile', '/account', 'account.profile'], ['wallet', '/wallet', 'common.wallet'], ['addresses', '/addresses', 'common.addresses'],
  ['email', '/account#email', 'account.email'], ['password', '/account#password', 'account.passwordAndPin']]);

/** On the way out: nobody needs to hear then that they were logged out. */
export const leaving = signal(false);

/** Logs out and goes to the start. */
export async function leave() {
  leaving.value = true;
  const out = logOut().catch(() => { /* gone here; the shop forgets it by itself */ });
  await navigate('/');
  await out;
  leaving.value = false;
}

/** @param {{at: Place, title: any, children?: any}} props */
export function AccountFrame({ at, title, children }) {
  const place = useSection(at);
  if (!user.value) return leaving.value ? null : html`<${SignedOut} />`;
  return html`<div class="wrap"><div class="list-head"><h1>${title}</h1></div>
    <div class="account"><${Menu} at=${place} /><div class="stack account-parts">${children}</div></div></div>`;
}

/** @param {{at: Place}} props */
function Menu({ at }) {
  const nav = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => {
    // On the phone the chips scroll sideways: the marked one comes into view.
    const on = nav.current?.querySelector('[aria-current]');
    if (nav.current && on instanceof HTMLElement) nav.current.scrollLeft = on.offsetLeft - (nav.current.clientWidth - on.offsetWidth) / 2;
  }, [at]);
  return html`<nav class="menu" ref=${nav} aria-label=${t('common.account')}>
    ${MENU.map(([key, href, text]) => html`<a href=${href} aria-current=${key === at ? 'page' : undefined}>${t(text)}</a>`)}
    <button type="button" disabled=${leaving.value} onClick=${leave}>${t('common.logOut')}</button></nav>`;
}

/** The log-in ended, here or elsewhere: nothing of the account is shown any more. */
function SignedOut() {
  const next = location.pathname + location.hash;
  return html`<div class="wrap waiting" role="alert"><${Empty} page title=${t('common.endedTitle')} text=${t('common.endedText')}>
    <${Button} href=${withQuery('/login', { next })}>${t('common.logIn')}</${Button}></${Empty}></div>`;
}

/** Sections that stand below each other on `/account`: the one that has come up is marked. @param {Place} at @returns {Place} */
function useSection(at) {
  const [place, setPlace] = useState(at);
  useEffect(() => {
    if (at !== 'profile') return undefined;
    const mark = () => {
      const line = innerHeight * 0.4, end = scrollY + innerHeight >= document.documentElement.scrollHeight - 2;
      const passed = /** @type {const} */ (['password', 'email']).find((id) => {
        const top = document.getElementById(id)?.getBoundingClientRect().top ?? Infinity;
        return top < line || (end && top < innerHeight && location.hash === `#${id}`);
      });
      setPlace(passed ?? 'profile');
    };
    mark();
    addEventListener('scroll', mark, { passive: true });
    addEventListener('hashchange', mark);
    return () => { removeEventListener('scroll', mark); removeEventListener('hashchange', mark); };
  }, [at]);
  return place;
}

/** One part of a page of the account. @param {{id: string, title: any, text?: any, children?: any}} props */
export function Part({ id, title, text, children }) {
  return html`<section class="part" id=${id} aria-labelledby=${`${id}-title`}><div class="part-head"><h2 id=${`${id}-title`}>${title}</h2>${text && html`<p class="muted">${text}</p>`}</div>${children}</section>`;
}
