export default {
  // shell
  skip: 'Skip to the content', shop: 'Shop', main: 'Main', home: 'Home', browse: 'Browse', sale: 'Sale', bag: 'Bag', you: 'You',
  flashSale: 'Flash sale', flashSales: 'Flash sales', search: 'Search', searchHint: 'Search', favourites: 'Favourites', favourite: 'Favourite',
  bagCount: { one: 'Bag, {n} thing', other: 'Bag, {n} things' }, bagEmpty: 'Bag, empty', account: 'Account', accountOf: 'Account of {name}',
  logIn: 'Log in', logOut: 'Log out', join: 'Make an account',
  footTagline: 'A shop that stays calm while everyone runs.', footDemo: 'Goods and prices in this demo are invented.',
  allGoods: 'All goods', orders: 'Orders', wallet: 'Wallet', addresses: 'Addresses',
  behind: 'Behind the counter', apiDocs: 'API docs', console: 'Admin console', mailbox: 'Mailbox of the demo', credits: 'Photo credits',
  language: 'Language', appearance: 'Appearance', auto: 'Auto', light: 'Light', dark: 'Dark',
  offline: 'You are offline. You see what the shop showed at {time}; buying waits until you are back.', onlineAgain: 'You are online again',
  sessionEnded: 'You have been logged out. Log in again to go on.',
  notAdmin: 'This account is not an admin. Log in as one to go on.',
  // doing
  save: 'Save', cancel: 'Cancel', close: 'Close', edit: 'Edit', remove: 'Remove', undo: 'Undo', add: 'Add', back: 'Back', more: 'Show more',
  retry: 'Try again', retryNow: 'Try now', againIn: { one: 'We try again in {n} second.', other: 'We try again in {n} seconds.' }, retryIn: { one: 'Try again in {n} second', other: 'Try again in {n} seconds' }, copy: 'Copy', copied: 'Copied', busy: 'One moment',
  waitsForNetwork: 'Waiting for the network', againInMinutes: 'Again in {time}',
  seeAll: 'See all', details: 'Details', requestId: 'Request {id}', loading: 'Loading', showPassword: 'Show the password', hidePassword: 'Hide the password',
  previous: 'Previous', next: 'Next', page: 'Page {n}', pages: 'Pages', crumbs: 'Where you are', now: 'now', optional: 'optional',
  // time
  todayAt: 'today at {time}', tomorrowAt: 'tomorrow at {time}', yesterdayAt: 'yesterday at {time}', dayAt: '{day}, {time}',
  days: { one: 'day', other: 'days' }, hours: 'hours', minutes: 'min', seconds: 'sec',
  clockSays: '{days} days, {hours} hours, {minutes} minutes, {seconds} seconds', timeLeft: 'Time left', tenMinutes: 'Ten minutes left', oneMinute: 'One minute left', tenSeconds: 'Ten seconds left',
  // error, not found
  errorTitle: 'This did not load', errorNothing: 'Nothing was bought or changed.', brokenTitle: 'This page stopped working',
  offlineTitle: 'No connection', offlineText: 'We try again by ourselves as soon as you are online.',
  busyTitle: 'One moment', busyText: 'Too much was asked at once. Nothing is lost.',
  closedTitle: 'The shop is closed for a moment', closedText: 'It is being looked after, or very busy. Nothing was bought.',
  downTitle: 'The shop did not answer', downText: 'Nothing was bought. It may be starting, or very busy.',
  endedTitle: 'You have been logged out', endedText: 'This log-in has ended, here or elsewhere. Log in again to go on.',
  notFoundTitle: 'There is no such page', notFoundText: 'The address may be mistyped, or what was here has left the shop.',
  goneTitle: 'This is not here', goneText: 'It may have left the shop, or it is not yours.',
  forbiddenTitle: 'This is for admins', forbiddenText: 'Your account may not open it.', toHome: 'To the start', toSearch: 'Look around',
};
