/** Texts of the console: orders and one order. */
export default {
  title: 'Orders', byStatus: 'Orders by status', order: 'Order', shopper: 'Shopper', state: 'State', total: 'Total', placed: 'Placed', id: 'Id',
  unpaid: 'unpaid', paid: 'to ship', shipped: 'shipped', completed: 'arrived', refunded: 'refunded', cancelled: 'cancelled',
  tab_unpaid: 'Unpaid', tab_paid: 'To ship', tab_shipped: 'Shipped', tab_completed: 'Arrived', tab_refunded: 'Refunded', tab_cancelled: 'Cancelled',
  search: 'Order id or user', searchFailed: 'The search got no answer.', whichUser: 'Which one', nobody: 'No user is called so, and no order id looks so.',
  widen: 'Show all again', ofSale: 'Sale {id}', fromSale: 'from a flash sale', things: { one: '{n} thing', other: '{n} things' }, andMore: { one: '{name} and {n} more', other: '{name} and {n} more' },
  noneTitle: 'No orders here', noneText: 'Orders of this state appear here as they come.', noneFound: 'Nothing matches what the list is narrowed to.',
  payBy: 'Waits for payment until {when}. After that it is cancelled by itself, and its units go back.',
  goesTo: 'Goes to', tracking: 'Tracking number', inSale: 'Flash sale', saleNo: 'Sale {id}', reason: 'Cancelled because',
  why_buyer: 'the shopper called it off', why_unpaid: 'it was not paid in time', why_admin: 'the shop called it off',
  did_unpaid: 'Placed', did_paid: 'Paid', did_shipped: 'Shipped', did_completed: 'Arrived', did_refunded: 'Refunded', did_cancelled: 'Cancelled',
  history: 'What happened', by_buyer: 'by the shopper', by_admin: 'by an admin', by_system: 'by itself',
  ship: 'Ship', shipAsk: 'Has this order left?', shipText: 'The shopper is told that it is on its way. It can no longer be refunded after that.', shippedToast: 'Order {id} is on its way',
  refund: 'Refund', refundAsk: 'Refund {sum}?', refundText: '{sum} goes back at once to the wallet of', refundSum: 'Refund {sum}', keep: 'Keep the order',
  restock: { one: 'What becomes of the one unit?', other: 'What becomes of the {n} units?' }, restockYes: 'Back on the shelf', restockSale: 'Back into the sale while it runs, else on the shelf', restockNo: 'They do not come back to stock',
  reasonHint: 'Stands in the order’s history. Optional.', refundedToast: '{sum} refunded',
  promotion: 'Promotion', shipping: 'Delivery', deliveryCosts: '{name}, {price}', tax: 'Tax included',
};
