export default {
  console: 'Console', menu: 'Menu', jump: 'Search or jump to', toShop: 'To the shop',
  overview: 'Overview', liveSale: 'Live sale', orders: 'Orders',
  shelves: 'Shelves', products: 'Products', categories: 'Categories', carousel: 'Carousel', sales: 'Flash sales', promotions: 'Promotions', delivery: 'Delivery', import: 'Import',
  people: 'People and proof', users: 'Users', audit: 'Audit log', webhooks: 'Webhooks', jobs: 'Jobs',
  shownOf: '{n} of {total}', shownMore: { one: '{n} shown', other: '{n} shown' }, shownAll: { one: '{n} in all', other: '{n} in all' },
  commandLine: 'Command line', reason: 'Reason', when: 'When',
  unsaved: 'There are changes that are not saved. Leave the page?', actsAtOnce: 'acts at once',
  nothing: 'Nothing here yet', all: 'All', none: 'none', yes: 'Yes', no: 'No', search: 'Search', apply: 'Apply',
  asTable: 'Show as a table', asChart: 'Show as a chart', at: 'At',
};
