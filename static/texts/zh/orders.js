/** Texts of the orders and of one order. */
export default {
  title: '订单', all: '全部', toPay: '待付款', toShip: '待发货', onWay: '配送中', done: '已完成', cancelledTab: '已取消', refundedTab: '已退款', tabs: '按状态查看订单', earlier: '更早的订单',
  toPayWithin: '{time} 内付款', tagUnpaid: '付款时间已过', tagPaid: '打包中', tagShipped: '配送中', tagCompleted: '已收货', tagCancelled: '已取消', tagRefunded: '已退款',
  order: '订单 {id}，{when}', orderWhy: '订单 {id}，{when}。{why}', lineOf: '{n} × {name}', moreLines: { other: '另外 {n} 种' }, pay: '付款', payOrder: '支付 {sum}',
  arrived: '确认收货', again: '再次购买', cancel: '取消订单', keepIt: '保留', thanks: '已确认收货',
  cancelAsk: '取消这个订单？', cancelText: '库存会立即退回。没有付款，也无需付款。', cancelSale: '您的名额会立即回到抢购，可能被别人抢走。没有付款，也无需付款。',
  cancelledBuyer: '您已取消，无需付款。', cancelledUnpaid: '逾期未付，无需付款。', cancelledAdmin: '商城已取消，无需付款。',
  emptyTitle: '还没有订单', emptyText: '您购买的商品会出现在这里，全程可查。', emptyTab: '没有此状态的订单', emptyTabText: '所有订单都在“全部”里。', toAll: '全部订单',
  goneTitle: '没有这个订单', goneText: '订单号可能有误，或属于其他账户。', toOrders: '查看我的订单',
  isUnpaid: '等待付款', isPaid: '正在打包', isShipped: '正在配送', isCompleted: '已收货', isCancelled: '已取消', isRefunded: '已退款',
  placedOn: '订单 {id}，{when} 下单', stepPlaced: '已下单', stepPaid: '已付款', stepShipped: '已发货', stepReceived: '已收货', stepCancelled: '已取消', stepRefunded: '已退款',
  todoPaid: '等待您付款', todoShipped: '等待商城发货', todoReceived: '收到后请确认', parcel: '运单 {tracking}', progress: '进度',
  goesTo: '收货地址', noAddress: '没有地址。', paidFrom: '钱包付款', toBePaid: '待付款', notPaid: '没有付款', backInWallet: '已退回钱包', transfer: '流水号', refundTransfer: '退款流水号',
  wrong: '遇到问题？', wrongText: '请附上订单号联系商城。退款直接回到钱包，并记入账单。', copyId: '复制订单号', print: '打印',
  history: '全部记录', you: '您', shop: '商城', saleTag: '限时抢购', timeOver: '付款时间已过，订单正在取消，无需付款。',
  hPlaced: '已下单，保留库存', hPlacedSale: '在限时抢购中下单，保留库存', hPaid: '钱包支付 {sum}', hShipped: '已发货', hShippedBy: '已发货，运单 {tracking}', hCompleted: '已收货', hCancelled: '已取消，库存已退回', hCancelledUnpaid: '逾期未付，库存已退回', hRefunded: '{sum} 已退回钱包', hReason: '{what}：{reason}',
  againDone: '已放入购物袋', againSome: '部分商品已放入购物袋。', againNone: '目前没有可以购买的商品。', againGone: '“{name}”已下架。', againOut: '“{name}”已售罄。', againFewer: { other: '“{name}”只剩 {n} 件，已放入购物袋。' }, seeBag: '查看购物袋',
};
