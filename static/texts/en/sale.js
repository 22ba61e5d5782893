/** Texts of the sale page and the list of sales. */
export default {
  pageTitle: 'Flash sale: {name}', eyebrow: 'Flash sale: {title}', variant: 'Variant',
  // the state
  opensAt: 'Opens {when}', opensSoon: 'Opens in a moment', openNow: 'Open now', closesIn: 'closes in {left}', closesAt: 'closes {when}', opensIn: 'opens in {left}',
  admitted: 'Admitted', confirmedAt: 'Confirmed {at}', notWritten: 'Not written down', notClaimed: 'Not claimed', lapsedAt: 'Time to pay is over',
  allClaimed: 'All claimed', allClaimedAfter: 'All claimed after {span}', endedAt: 'Ended {when}', calledOff: 'Called off by the shop', pausedByShop: 'Paused by the shop',
  youAreOffline: 'You are offline', shopSilent: 'The shop does not answer',
  // the one thing to know
  unitsLeft: { one: 'of {total} left', other: 'of {total} left' },
  askingTitle: 'Asking for yours', askingText: 'One press is enough, and a reload does no harm.',
  unsureText: 'No answer yet. We go on asking for the same one, never for a second.', earlyText: 'That was a blink too early. We ask at the start, by ourselves.',
  queuedTitle: 'Your place is safe', queuedText: 'We are writing your order down. Keep this page or close it, the answer is the same.',
  wonTitle: 'It’s yours', wonText: 'Pay within <left/>. Until then nobody can take it from you.',
  lostTitle: 'That one got away', lostTicket: { one: 'A machine of ours failed before your order was saved. Nothing was charged, and {n} is left.', other: 'A machine of ours failed before your order was saved. Nothing was charged, and {n} are left.' },
  lostAddress: 'The address is not in your book any more, so it went back. Nothing was charged. Choose another.',
  lostNoAddress: 'There was no address to send it to, so it went back. Nothing was charged. Add one.',
  lostLapsed: 'It was not paid for in time and went back into the sale. Nothing was charged.', lostOther: '{why} Nothing was charged.',
  goneTitle: { one: 'The only one is spoken for', other: 'All {n} are spoken for' }, lateTitle: { one: 'The only one went to someone else', other: 'All {n} went to others' },
  backBy: 'What stays unpaid comes back here, by <b>{at}</b> at the latest.', backUntilEnd: 'What stays unpaid may come back here until <b>{at}</b>; after that it goes to the shelf.',
  backHardly: 'The time to pay is over for those we saw claimed. If one still comes back before <b>{at}</b>, it shows here.', lateBackBy: 'Nothing was charged. What stays unpaid comes back here, by <b>{at}</b> at the latest.', lateBackUntilEnd: 'Nothing was charged. What stays unpaid may come back here until <b>{at}</b>.',
  endedTitle: 'The sale is over', endedText: 'It is back at its everyday price.', endedGone: 'At its everyday price it is sold out, too.',
  cancelledTitle: 'The sale was called off', cancelledText: 'Orders that were confirmed stand. Nobody else was charged.',
  haveTitle: 'You have yours', haveOne: 'This sale is one each, and one is in your orders.', haveSome: { one: '{n} is in your orders, as many as one buyer may have.', other: '{n} are in your orders, as many as one buyer may have.' }, haveEnded: 'The sale is over, and your order stands.',
  loginTitle: 'Log in to claim', loginText: 'We bring you straight back here. Nothing is claimed until you press.',
  waitTitle: 'One moment', waitFast: { one: 'You pressed faster than we can listen. The button is back in <b>{n}</b> second, by itself.', other: 'You pressed faster than we can listen. The button is back in <b>{n}</b> seconds, by itself.' },
  waitCrowd: { one: 'Very many are claiming at once. The button is back in <b>{n}</b> second, by itself. Nothing was charged.', other: 'Very many are claiming at once. The button is back in <b>{n}</b> seconds, by itself. Nothing was charged.' },
  pausedTitle: 'The sale is paused', pausedText: { one: 'Nobody can claim right now, and the {n} left stays where it is. We look every 2 seconds.', other: 'Nobody can claim right now, and the {n} left stay where they are. We look every 2 seconds.' },
  offlineTitle: 'No connection', offlineText: 'The clock goes on by what the shop last said. The stock may have moved since <b>{at}</b>.', offlineWarm: 'The clock goes on by what the shop last said. Be online when it reaches zero.',
  offlinePressed: 'Your press is kept. We ask for the same one as soon as the shop can be reached, never for a second.',
  // price and stock
  noneYet: 'none claimed yet', units: { one: '{n} unit', other: '{n} units' }, leftOf: '{left} of {total} left', claimedPercent: '{percent} claimed', claimedFew: '{n} claimed so far',
  claimedInSeconds: { one: '{percent} claimed in {n} second', other: '{percent} claimed in {n} seconds' }, claimedInMinutes: { one: '{percent} claimed in {n} minute', other: '{percent} claimed in {n} minutes' }, claimedSince: '{percent} claimed since {when}',
  heldUntil: 'Held for you until {at}', timeToPay: 'Time to pay', soldOf: '{gone} of {total} sold', sold: { one: '{n} sold', other: '{n} sold' }, window: '{from} – {to}',
  // the button
  remind: 'Remind me', opensExactly: 'Opens at {at}', claim: 'Claim one', claimAgain: 'Claim again', claimIn: 'Claim one in {n}', claiming: 'Claiming', waiting: 'Waiting for the answer', pay: 'Pay {price}', seeOrder: 'See the order',
  tellMe: 'Tell me if one returns', buyFor: 'Buy for {price}', seeProduct: 'See it in the shop', paused: 'Paused', waitNetwork: 'Waiting for the network', waitShop: 'Waiting for the shop',
  // small print
  oneEach: { one: 'One each. {n} minute to pay.', other: 'One each. {n} minutes to pay.' }, someEach: 'Up to {most} each. {n} minutes to pay.', goesTo: 'Goes to {who} <change>change</change>', deliveryCosts: 'Plus delivery, {name}: {price}', deliveryFree: 'Delivery, {name}: free', goesFixed: 'Goes to {who}', noAddress: 'No address yet. <change>Add one</change>, so that one press is all.',
  synced: 'Set by the shop’s clock, within {n} ms', unsynced: 'Set by the shop’s clock', allReady: 'You are logged in and your address is set. There is nothing left to do but press once.',
  logIn: 'Log in', timeLeft: '{left}', orderLink: '<order>See the order</order>', logInFirst: '<login>Log in</login> beforehand, then one press is all.', makeAccount: '<join>Make an account</join>, it takes a moment', ticket: 'Ticket <code>{id}</code>', reloadFine: 'If you reload, we pick up right here.',
  unpaidGoes: 'Unpaid at {at}, it goes to someone else.', unpaidShelf: 'Unpaid at {at}, it goes back to the shelf.', orWithout: 'Or today, without a sale: <buy>{price}</buy>', nextSale: 'Next sale: <next>{name}</next>, {when}.', yourOrders: '<orders>Your orders</orders>',
  tryAgainSelf: 'We try again by ourselves.', watching: 'We look every 2 seconds and tell you. Keep this page open.', ownsSome: { one: '{n} of {most} is yours already. <order>See the order</order>', other: '{n} of {most} are yours already. <order>See the order</order>' },
  statusPaid: 'Paid, being packed', statusShipped: 'On its way', statusCompleted: 'It has arrived', statusUnpaid: 'Waiting for payment',
  // said once
  sayOpen: { one: 'The sale is open. {n} is left.', other: 'The sale is open. {n} are left.' }, sayWon: 'It’s yours. Pay within {n} minutes.', sayQueued: 'Your place is safe.', sayGone: 'All are spoken for.', sayLate: 'All were claimed before yours. Nothing was charged.', sayReturned: { one: 'One is back.', other: '{n} are back.' },
  sayTenMinutes: 'Ten minutes until the sale opens', sayOneMinute: 'One minute until the sale opens', sayTenSeconds: 'Ten seconds', sayClosing: 'One minute until the sale closes',
  // the address
  addressTitle: 'Where shall it go?', addressClaims: 'It is claimed as soon as the address is saved.', addressUse: 'Use this one',
  // how, about
  how: 'How this sale goes', howPress: 'Press once', howPressText: 'At {at} sharp by the shop’s clock. A faster line does not press twice, and a reload never loses your place.',
  howPay: { one: 'Pay within {n} minute', other: 'Pay within {n} minutes' }, howPayText: 'When it says “It’s yours”, it is written down and nobody can take it from you until then.',
  howBack: 'Unpaid ones return', howBackText: 'What is not paid goes back into the sale at once. “All claimed” is not the end until the clock says so.',
  about: 'About it', salePrice: 'Sale price', listPrice: 'List price', listSince: 'List price, since {date}', everydayPrice: 'Everyday price', lowest: 'Lowest in 30 days', eachPerson: 'Each person', unitsEach: { one: '{n} unit', other: '{n} units' }, openFor: 'Open',
  // calendar
  icsTitle: 'Flash sale: {name}', icsText: '{price} instead of {list}. {url}', icsSaved: 'A calendar entry was saved, with an alarm ten minutes before.',
  // all sales
  salesTitle: 'Flash sales', running: 'Open now', coming: 'Coming', past: 'Past', noSales: 'There is no flash sale at the moment', noSalesText: 'The next one shows here and on the first page as soon as it is set.', noneOpen: 'None is open right now.', allGoods: 'All goods',
  toSale: 'Go to the sale', pastSale: 'Ended {when}', pastOff: 'Called off', soldOut: 'All claimed', pausedShort: 'Paused',
};
