/** Every page of the shop. `at` names the entry of header and tab bar that is marked. */
import { membersOnly, strangersOnly } from '../lib/guards.js';

/** @typedef {import('../lib/router.js').Route} Route */

const list = () => import('./list.js');

/** @type {Route[]} */
export const routes = [
  { path: '/', at: 'home', load: () => import('./home.js') },
  { path: '/c', at: 'browse', load: list },
  { path: '/c/:id', at: 'browse', load: list },
  { path: '/search', at: 'browse', load: list },
  { path: '/p/:id', at: 'browse', load: () => import('./product.js') },
  { path: '/sale/:id', at: 'sale', load: () => import('./sale/page.js') },
  { path: '/sales', at: 'sale', load: () => import('./sales.js') },
  { path: '/cart', at: 'bag', load: () => import('./cart.js') },
  { path: '/checkout', at: 'bag', load: () => import('./checkout/page.js'), guard: membersOnly },
  { path: '/orders', at: 'you', load: () => import('./orders.js'), guard: membersOnly },
  { path: '/order/:order', at: 'you', load: () => import('./order.js'), guard: membersOnly },
  { path: '/favorites', at: 'favourites', load: () => import('./favorites.js'), guard: membersOnly },
  { path: '/addresses', at: 'you', load: () => import('./addresses.js'), guard: membersOnly },
  { path: '/wallet', at: 'you', load: () => import('./wallet.js'), guard: membersOnly },
  { path: '/account', at: 'you', load: () => import('./account/page.js'), guard: membersOnly },
  { path: '/login', at: 'you', load: () => import('./login.js'), guard: strangersOnly },
  { path: '/register', at: 'you', load: () => import('./register.js'), guard: strangersOnly },
  // Letters carry codes, and these pages take them.
  { path: '/verify-email', at: 'you', load: () => import('./verify-email.js'), guard: membersOnly },
  { path: '/reset-password', at: 'you', load: () => import('./reset-password.js') },
];

export const notFound = () => import('./not-found.js');
