/** Texts of the orders and of one order. */
export default {
  title: 'Orders', all: 'All', toPay: 'To pay', toShip: 'To ship', onWay: 'On its way', done: 'Done', cancelledTab: 'Cancelled', refundedTab: 'Refunded', tabs: 'Orders by status', earlier: 'Earlier orders',
  toPayWithin: '{time} to pay', tagUnpaid: 'time is over', tagPaid: 'being packed', tagShipped: 'on its way', tagCompleted: 'received', tagCancelled: 'cancelled', tagRefunded: 'refunded',
  order: 'Order {id}, {when}', orderWhy: 'Order {id}, {when}. {why}', lineOf: '{n} × {name}', moreLines: { one: '{n} more thing', other: '{n} more things' }, pay: 'Pay', payOrder: 'Pay {sum}',
  arrived: 'It has arrived', again: 'Buy again', cancel: 'Cancel the order', keepIt: 'Keep it', thanks: 'Noted: it has arrived',
  cancelAsk: 'Cancel this order?', cancelText: 'The stock goes back to the shelf at once. Nothing was paid, and nothing is owed.', cancelSale: 'Your unit goes back into the sale at once, and somebody else may take it. Nothing was paid, and nothing is owed.',
  cancelledBuyer: 'You cancelled it, nothing owed.', cancelledUnpaid: 'Not paid in time, nothing owed.', cancelledAdmin: 'The shop cancelled it, nothing owed.',
  emptyTitle: 'No orders yet', emptyText: 'What you buy appears here, from the first minute to the last.', emptyTab: 'No order is in this state', emptyTabText: 'All of them are under “All”.', toAll: 'All orders',
  goneTitle: 'There is no such order', goneText: 'The number may be mistyped, or it belongs to another account.', toOrders: 'To your orders',
  isUnpaid: 'Waiting for your payment', isPaid: 'Being packed', isShipped: 'On its way', isCompleted: 'It is with you', isCancelled: 'Cancelled', isRefunded: 'Refunded',
  placedOn: 'Order {id}, placed on {when}', stepPlaced: 'Placed', stepPaid: 'Paid', stepShipped: 'Shipped', stepReceived: 'Received', stepCancelled: 'Cancelled', stepRefunded: 'Refunded',
  todoPaid: 'when you pay', todoShipped: 'when the shop hands it over', todoReceived: 'when you tell us it has arrived', parcel: 'Parcel {tracking}', progress: 'How far it is',
  goesTo: 'Goes to', noAddress: 'No address.', paidFrom: 'Paid from your wallet', toBePaid: 'To be paid', notPaid: 'Nothing was paid', backInWallet: 'Back in your wallet', transfer: 'Transfer', refundTransfer: 'Refund',
  wrong: 'Anything wrong?', wrongText: 'Write to the shop with the order number. A refund goes straight back to your wallet and stands in your statement.', copyId: 'Copy the order number', print: 'Print',
  history: 'Everything that happened', you: 'you', shop: 'the shop', saleTag: 'Flash sale', timeOver: 'The time to pay is over. The order is being cancelled, and nothing is owed.',
  hPlaced: 'Placed, the stock is held', hPlacedSale: 'Placed in the flash sale, the units are held', hPaid: 'Paid {sum} from the wallet', hShipped: 'Shipped', hShippedBy: 'Shipped, parcel {tracking}', hCompleted: 'Received', hCancelled: 'Cancelled, the stock went back', hCancelledUnpaid: 'Not paid in time, the stock went back', hRefunded: 'Refunded {sum} to the wallet', hReason: '{what}: {reason}',
  againDone: 'In your bag', againSome: 'Some of it is in your bag.', againNone: 'None of it can be bought right now.', againGone: '{name} is no longer for sale.', againOut: '{name} is sold out.', againFewer: { one: 'Only {n} of {name} is left; it is in your bag.', other: 'Only {n} of {name} are left; they are in your bag.' }, seeBag: 'See the bag',
};
