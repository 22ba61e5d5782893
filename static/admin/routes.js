/** Every page of the console; all of them are for admins. `at` names the entry of the sidebar. */
import { adminsOnly as guard } from '../lib/guards.js';

/** @typedef {import('../lib/router.js').Route} Route */

const editor = () => import('./products/editor.js');
const saleEditor = () => import('./sales/editor.js');
const promotionEditor = () => import('./promotions/editor.js');
const orders = () => import('./orders/list.js');
const users = () => import('./users.js');

/** @type {Route[]} */
export const routes = [
  { path: '/admin', at: 'overview', texts: ['adminOverview'], load: () => import('./overview.js'), guard },
  { path: '/admin/products', at: 'products', texts: ['adminProducts'], load: () => import('./products/list.js'), guard },
  { path: '/admin/products/new', at: 'products', texts: ['adminProducts'], load: editor, guard },
  { path: '/admin/products/:id', at: 'products', texts: ['adminProducts'], load: editor, guard },
  { path: '/admin/import', at: 'products', texts: ['adminImport'], load: () => import('./import.js'), guard },
  { path: '/admin/categories', at: 'categories', texts: ['adminShelves'], load: () => import('./categories.js'), guard },
  { path: '/admin/carousel', at: 'carousel', texts: ['adminShelves'], load: () => import('./carousel.js'), guard },
  { path: '/admin/orders', at: 'orders', texts: ['adminOrders'], load: orders, guard },
  { path: '/admin/orders/:order', at: 'orders', texts: ['adminOrders'], load: orders, guard },
  { path: '/admin/sales', at: 'sales', texts: ['adminSales'], load: () => import('./sales/list.js'), guard },
  { path: '/admin/sales/new', at: 'sales', texts: ['adminSales'], load: saleEditor, guard },
  { path: '/admin/sales/:id', at: 'sales', texts: ['adminSales'], load: saleEditor, guard },
  { path: '/admin/sales/:id/live', at: 'liveSale', texts: ['adminSales', 'adminLive'], load: () => import('./sales/live.js'), guard },
  { path: '/admin/promotions', at: 'promotions', texts: ['adminPromotions'], load: () => import('./promotions/list.js'), guard },
  { path: '/admin/promotions/new', at: 'promotions', texts: ['adminPromotions', 'adminShelves'], load: promotionEditor, guard },
  { path: '/admin/promotions/:id', at: 'promotions', texts: ['adminPromotions', 'adminShelves'], load: promotionEditor, guard },
  { path: '/admin/delivery', at: 'delivery', texts: ['adminDelivery'], load: () => import('./delivery.js'), guard },
  { path: '/admin/users', at: 'users', texts: ['adminPeople', 'adminOrders'], load: users, guard },
  { path: '/admin/users/:id', at: 'users', texts: ['adminPeople', 'adminOrders'], load: users, guard },
  { path: '/admin/audit', at: 'audit', texts: ['adminPeople'], load: () => import('./audit-log.js'), guard },
  { path: '/admin/webhooks', at: 'webhooks', texts: ['adminWebhooks'], load: () => import('./webhooks.js'), guard },
  { path: '/admin/jobs', at: 'jobs', texts: ['adminJobs'], load: () => import('./jobs.js'), guard },
];

export const notFound = () => import('../shop/not-found.js');
