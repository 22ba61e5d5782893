/** Texts of the console: users and audit log. */
export default {
  users: 'Users', search: 'Name or e-mail', name: 'Name', email: 'E-mail', role: 'Role', status: 'Status', since: 'Since', id: 'Id', unproven: 'not confirmed', userNo: 'User {id}',
  admin: 'admin', customer: 'customer', active: 'active', banned: 'banned', noUsers: 'Nobody here', noUsersText: 'No user name, nick name or e-mail address has this in it.',
  topUp: 'Top up', topUpAsk: 'Top up the wallet of {name}?', topUpText: 'The amount is theirs at once, and stands in their statement and in the audit log with your reason.', amount: 'Amount', amountBad: 'An amount above zero', reasonNeeded: 'Say why', topUpSum: 'Top up {sum}', toppedUp: '{sum} added, the wallet holds {balance}',
  ban: 'Ban', banAsk: 'Ban {name}?', banText: 'Every log-in of this user ends within 5 seconds, and no new one is possible. Orders stand. You can lift the ban at any time.', banReasonHint: 'For the audit log. Optional.', bannedToast: '{name} is banned',
  unban: 'Lift the ban', unbanAsk: 'Lift the ban on {name}?', unbanText: 'They can log in again at once.', unbannedToast: '{name} can log in again',
  makeAdmin: 'Make admin', makeAdminAsk: 'Make {name} an admin?', makeAdminText: 'Admins see every order and user, change prices and stock, and can move money. It acts within 5 seconds.', isAdminNow: '{name} is an admin now',
  makeCustomer: 'Make customer', makeCustomerAsk: 'Take the console from {name}?', makeCustomerText: 'They stay a customer with their orders and wallet. It acts within 5 seconds.', isCustomerNow: '{name} is a customer now',
  yourself: 'This is you. Nobody bans or demotes themselves, so that the console is not locked from within.', orders: 'Orders', noOrders: 'No orders yet.',
  log: 'Audit log', logText: 'What admins did, newest first. Nothing here can be changed.', who: 'Who', what: 'Did what', toWhat: 'To what', noLog: 'Nothing was done yet', noLogText: 'Every act of an admin is written here.',
  // acts and their targets
  act_user_ban: 'Banned a user', act_user_unban: 'Lifted a ban', act_user_role: 'Changed a role', act_user_top_up: 'Topped up a wallet', act_user_create: 'Made an admin',
  act_admin_create: 'Made an admin', act_order_ship: 'Shipped an order', act_order_refund: 'Refunded an order', act_order_seed: 'Made demo orders',
  act_sale_create: 'Scheduled a sale', act_sale_change: 'Changed a sale', act_sale_pause: 'Paused a sale', act_sale_resume: 'Resumed a sale',
  act_sale_cancel: 'Cancelled a sale', act_category_create: 'Made a category', act_category_update: 'Changed a category', act_category_delete: 'Deleted a category',
  act_carousel_create: 'Added a slide', act_carousel_update: 'Changed a slide', act_carousel_delete: 'Removed a slide', act_product_create: 'Made a product',
  act_product_update: 'Changed a product', act_product_off_sale: 'Took a product off sale', act_product_images: 'Changed pictures', act_product_import: 'Imported products',
  act_product_seed: 'Made demo products', act_sku_stock: 'Adjusted stock', act_webhook_create: 'Added a webhook', act_webhook_enable: 'Enabled a webhook',
  act_webhook_delete: 'Deleted a webhook', act_webhook_replay: 'Sent a delivery again', act_webhook_switch_off: 'Webhook switched off', act_job_retry: 'Retried a job',
  act_audit_start: 'Ran an audit', act_audit_run: 'Ran an audit', act_user_seed: 'Made demo users',
  kind_user: 'User', kind_order: 'Order', kind_sale: 'Sale', kind_product: 'Product', kind_category: 'Category', kind_carousel: 'Slide', kind_webhook: 'Webhook',
  kind_job: 'Job', kind_sku: 'Variant', kind_catalogue: 'Catalogue', kind_shop: 'Shop',
};
