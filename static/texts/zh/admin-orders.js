/** Texts of the console: orders and one order. */
export default {
  title: '订单', byStatus: '按状态查看订单', order: '订单', shopper: '买家', state: '状态', total: '金额', placed: '下单时间', id: '编号',
  unpaid: '待付款', paid: '待发货', shipped: '已发货', completed: '已收货', refunded: '已退款', cancelled: '已取消',
  tab_unpaid: '待付款', tab_paid: '待发货', tab_shipped: '已发货', tab_completed: '已收货', tab_refunded: '已退款', tab_cancelled: '已取消',
  search: '订单编号或用户', searchFailed: '搜索没有得到响应。', whichUser: '是哪一位', nobody: '没有这样的用户，也没有这样的订单编号。',
  widen: '恢复显示全部', ofSale: '抢购 {id}', fromSale: '来自限时抢购', things: { other: '{n} 件' }, andMore: { other: '{name} 等，另有 {n} 种' },
  noneTitle: '这里没有订单', noneText: '有这种状态的订单时会显示在这里。', noneFound: '没有符合当前筛选条件的订单。',
  payBy: '等待付款至 {when}。逾期自动取消，库存退回。',
  goesTo: '寄往', tracking: '运单号', inSale: '限时抢购', saleNo: '抢购 {id}', reason: '取消原因',
  why_buyer: '买家取消', why_unpaid: '逾期未付款', why_admin: '商城取消',
  did_unpaid: '下单', did_paid: '付款', did_shipped: '发货', did_completed: '收货', did_refunded: '退款', did_cancelled: '取消',
  history: '经过', by_buyer: '买家操作', by_admin: '管理员操作', by_system: '系统自动',
  ship: '发货', shipAsk: '这个订单已经发出了吗？', shipText: '买家会收到发货通知。发货后不能再退款。', shippedToast: '订单 {id} 已发货',
  refund: '退款', refundAsk: '退款 {sum}？', refundText: '{sum} 将立即退回此用户的钱包：', refundSum: '退款 {sum}', keep: '保留订单',
  restock: { other: '这 {n} 件怎么处理？' }, restockYes: '放回货架', restockSale: '抢购进行中则放回抢购，否则放回货架', restockNo: '不再入库',
  reasonHint: '记入订单的经过。选填。', refundedToast: '已退款 {sum}',
  promotion: '促销', shipping: '运费', deliveryCosts: '{name}，{price}', tax: '其中税额',
};
