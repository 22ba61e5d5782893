/** All texts of the console in one: for types and tests; pages load them area by area. */
import adminCommon from './admin-common.js';
import adminOverview from './admin-overview.js';
import adminProducts from './admin-products.js';
import adminShelves from './admin-shelves.js';
import adminOrders from './admin-orders.js';
import adminSales from './admin-sales.js';
import adminPromotions from './admin-promotions.js';
import adminDelivery from './admin-delivery.js';
import adminLive from './admin-live.js';
import adminPeople from './admin-people.js';
import adminMachinery from './admin-machinery.js';
import adminImport from './admin-import.js';
import adminWebhooks from './admin-webhooks.js';
import adminJobs from './admin-jobs.js';

export default {
  adminCommon,
  adminOverview,
  adminProducts,
  adminShelves,
  adminOrders,
  adminSales,
  adminPromotions,
  adminDelivery,
  adminLive,
  adminPeople,
  adminMachinery,
  adminImport,
  adminWebhooks,
  adminJobs,
};
