/** Every page of the shop. `at` names the entry of header and tab bar that is marked, `texts` the areas of words. */
import { membersOnly, strangersOnly } from '../lib/guards.js';

/** @typedef {import('../lib/router.js').Route} Route */

const list = () => import('./list.js');

/** @type {Route[]} */
export const routes = [
  { path: '/', at: 'home', load: () => import('./home.js') },
  { path: '/c', at: 'browse', texts: ['list'], load: list },
  { path: '/c/:id', at: 'browse', texts: ['list'], load: list },
  { path: '/search', at: 'browse', texts: ['list'], load: list },
  { path: '/p/:id', at: 'browse', texts: ['product'], load: () => import('./product.js') },
  { path: '/sale/:id', at: 'sale', texts: ['sale', 'address'], load: () => import('./sale/page.js') },
  { path: '/sales', at: 'sale', texts: ['sale'], load: () => import('./sales.js') },
  { path: '/cart', at: 'bag', texts: ['checkout', 'product'], load: () => import('./cart.js') },
  { path: '/checkout', at: 'bag', texts: ['checkout', 'address', 'orders', 'product'], load: () => import('./checkout/page.js'), guard: membersOnly },
  { path: '/orders', at: 'you', texts: ['orders', 'checkout'], load: () => import('./orders.js'), guard: membersOnly },
  { path: '/order/:order', at: 'you', texts: ['orders', 'checkout', 'address', 'product'], load: () => import('./order.js'), guard: membersOnly },
  { path: '/favorites', at: 'favourites', texts: ['list'], load: () => import('./favorites.js'), guard: membersOnly },
  { path: '/addresses', at: 'you', texts: ['account', 'address'], load: () => import('./addresses.js'), guard: membersOnly },
  { path: '/wallet', at: 'you', texts: ['account', 'login'], load: () => import('./wallet.js'), guard: membersOnly },
  { path: '/account', at: 'you', texts: ['account', 'login'], load: () => import('./account/page.js'), guard: membersOnly },
  { path: '/login', at: 'you', texts: ['login'], load: () => import('./login.js'), guard: strangersOnly },
  { path: '/register', at: 'you', texts: ['login'], load: () => import('./register.js'), guard: strangersOnly },
  // Letters carry codes, and these pages take them.
  { path: '/verify-email', at: 'you', texts: ['login', 'account'], load: () => import('./verify-email.js'), guard: membersOnly },
  { path: '/reset-password', at: 'you', texts: ['login'], load: () => import('./reset-password.js') },
];

export const notFound = () => import('./not-found.js');
