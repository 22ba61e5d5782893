/** Texts of bag and checkout. */
export default {
  // bag
  bagTitle: 'Your bag', summary: 'Summary', delivery: 'Delivery', free: 'free', total: 'Total', checkOut: 'Check out', goods: 'Goods',
  heldOnce: 'Stock is held once you place the order, then you have 15 minutes to pay.', guestBag: 'Your bag is kept on this device. It comes along when you log in.',
  nothingCounts: 'Nothing in here can be bought right now.', times: '{price} × {n}', timesOnly: '× {n}',
  emptyTitle: 'Nothing in here yet', emptyText: 'What you put into the bag stays here until you buy it or take it out.', emptyGuest: 'What you put into the bag stays on this device, and comes along when you log in.',
  emptyCheckout: 'Your bag is empty, and no order of yours waits for payment.',
  priceChanged: '<b>One price changed since you put it in.</b> {name} went from {from} to {to}. You pay the new price.',
  pricesChanged: { one: '<b>{n} price changed since you put it in.</b> You pay the new one.', other: '<b>{n} prices changed since you put things in.</b> You pay the new ones.' },
  priceTag: 'Price changed: {from} → {to}',
  soldOutOne: '<b>{name} is sold out.</b> It stays in your bag and is not counted.', soldOutMany: { one: '<b>{n} thing is sold out.</b> It stays in your bag and is not counted.', other: '<b>{n} things are sold out.</b> They stay in your bag and are not counted.' },
  fewer: { one: '<b>Only {n} of {name} is left.</b> Your bag has {wanted}, so it is not counted yet.', other: '<b>Only {n} of {name} are left.</b> Your bag has {wanted}, so they are not counted yet.' },
  offSale: { one: '<b>{n} thing has left the shop.</b> It is not counted.', other: '<b>{n} things have left the shop.</b> They are not counted.' },
  lineSoldOut: 'Sold out while it was in your bag. It is not counted.', lineFewer: { one: 'Only {n} left. It is not counted yet.', other: 'Only {n} left. They are not counted yet.' }, lineOffSale: 'No longer for sale. It is not counted.',
  takeLeft: { one: 'Take the {n} that is left', other: 'Take the {n} that are left' }, toFavourites: 'Move to favourites', removed: '{name} is out of your bag', notBack: 'It could not be put back: the shop did not answer.', lineFailed: 'This did not change. {why}',
  // checkout
  title: 'Checkout', onlyOnce: 'You cannot pay twice: a second press repeats the first answer.', where: 'Where it goes', payFrom: 'Pay from your wallet', yourOrder: 'Your order', place: 'Place the order',
  noAddress: 'There is no address in your book yet. Write the first one here.', addressFirst: 'Save or choose an address first.', addressGone: 'This address is no longer in your book. Choose another; nothing was ordered.', addressLine: '{name}, {address}',
  placeUnknown: 'The shop did not answer. It is not known yet whether your order was placed. Press again: it cannot be placed twice.', busyNothing: 'The shop is busy for a moment. Nothing was ordered or paid. The button is back by itself.',
  tooManyOpen: 'Too many of your orders wait for payment. Nothing was ordered. <a>Pay or cancel one first</a>', sessionOver: 'Your log-in has ended. Nothing is lost. <a>Log in and go on here</a>', notSaved: 'The shop did not answer. Please try again.',
  outSoldOut: '<b>{name} is sold out.</b> It stays in your bag and out of this order.', nowSoldOut: '<b>{name} is sold out.</b> Nothing was ordered.',
  outFewer: { one: '<b>Only {n} of {name} is left.</b> Your bag has {wanted}. They stay out of this order unless you take what is left.', other: '<b>Only {n} of {name} are left.</b> Your bag has {wanted}. They stay out of this order unless you take what is left.' },
  nowFewer: { one: '<b>Only {n} of {name} is left.</b> You wanted {wanted}. Nothing was ordered.', other: '<b>Only {n} of {name} are left.</b> You wanted {wanted}. Nothing was ordered.' },
  outOffSale: '<b>{name} is no longer for sale.</b> It stays out of this order.', nowOffSale: '<b>{name} is no longer for sale.</b> Nothing was ordered.', changeBag: 'Change the bag', chooseOther: 'Choose another',
  // payment
  placed: 'Order {id} is placed. The stock is yours until {time}.', placedOnly: 'Order {id} is placed.', balance: 'Balance', balanceHidden: 'shown with your PIN', thisOrder: 'This order', afterwards: 'Afterwards', missing: 'Missing',
  timeToPay: 'Time to pay', timeLeft: '{time} left to pay', until: 'until {time}', pin: 'Payment PIN', pinFirst: 'Type your PIN first. It has 6 to 32 characters.', badPin: 'That is not your PIN. Nothing was paid. After five wrong tries it rests for 15 minutes.',
  pinRests: 'Too many wrong PINs. Nothing was paid. You can try again in {time}.', pay: 'Pay {sum}', paying: 'Paying', seeBalance: 'See the balance', paid: 'Paid {sum}', paidBefore: 'This order is paid already. Nothing was paid twice.',
  payUnknown: 'The shop did not answer. It is not known yet whether it was paid. Press again: it cannot be paid twice.', lookUnknown: 'The shop did not answer. Please look again.',
  short: '<b>Your wallet is {sum} short.</b> Nothing was paid, and the order stays yours until {time}. Top up, or take something out and order again.', toppedUp: 'I have topped up, look again',
  expired: 'The time to pay is over, and the stock went back. Nothing was paid, nothing is owed.', seeOrder: 'See the order',
};
