/** Texts of bag and checkout. */
export default {
  // bag
  bagTitle: '购物袋', summary: '合计', delivery: '运费', free: '免运费', total: '总计', checkOut: '去结算', goods: '商品',
  heldOnce: '提交订单后为您保留库存，15 分钟内付款即可。', guestBag: '购物袋保存在本设备，登录后会一并带上。',
  nothingCounts: '这里目前没有可以购买的商品。', times: '{price} × {n}', timesOnly: '× {n}',
  emptyTitle: '还没有商品', emptyText: '放入购物袋的商品会一直在这里，直到您购买或移除。', emptyGuest: '放入购物袋的商品保存在本设备，登录后会一并带上。',
  emptyCheckout: '购物袋是空的，也没有待付款的订单。',
  priceChanged: '<b>有一件商品的价格变了。</b>{name} 从 {from} 变为 {to}，按新价格付款。',
  pricesChanged: { other: '<b>有 {n} 件商品的价格变了。</b>按新价格付款。' },
  priceTag: '价格变动：{from} → {to}',
  soldOutOne: '<b>{name} 已售罄。</b>仍留在购物袋中，不计入合计。', soldOutMany: { other: '<b>{n} 种商品已售罄。</b>仍留在购物袋中，不计入合计。' },
  fewer: { other: '<b>{name} 只剩 {n} 件。</b>购物袋里有 {wanted} 件，暂不计入合计。' },
  offSale: { other: '<b>{n} 种商品已下架。</b>不计入合计。' },
  lineSoldOut: '放入期间已售罄，不计入合计。', lineFewer: { other: '只剩 {n} 件，暂不计入合计。' }, lineOffSale: '已下架，不计入合计。',
  takeLeft: { other: '改为剩下的 {n} 件' }, toFavourites: '移到收藏', removed: '{name} 已移出购物袋', notBack: '未能放回：商城没有响应。', lineFailed: '未能更改。{why}',
  // checkout
  title: '结算', onlyOnce: '不会重复扣款：再按一次只会得到同样的结果。', where: '寄到哪里', payFrom: '用钱包付款', yourOrder: '订单内容', place: '提交订单',
  noAddress: '地址簿还是空的，请在这里填写第一个地址。', addressFirst: '请先保存或选择一个地址。', addressGone: '这个地址已不在地址簿中，请另选一个。尚未下单。', addressLine: '{name}，{address}',
  placeUnknown: '商城没有响应，尚不清楚订单是否已提交。请再按一次：不会重复下单。', busyNothing: '商城正忙，没有下单也没有付款。按钮稍后自动恢复。',
  tooManyOpen: '待付款的订单过多，尚未下单。<a>请先付款或取消一个</a>', sessionOver: '登录已失效，内容都还在。<a>登录并继续</a>', notSaved: '商城没有响应，请重试。',
  outSoldOut: '<b>{name} 已售罄。</b>仍留在购物袋中，不计入本订单。', nowSoldOut: '<b>{name} 已售罄。</b>尚未下单。',
  outFewer: { other: '<b>{name} 只剩 {n} 件。</b>购物袋里有 {wanted} 件；除非改为剩下的数量，否则不计入本订单。' },
  nowFewer: { other: '<b>{name} 只剩 {n} 件。</b>您要 {wanted} 件，尚未下单。' },
  outOffSale: '<b>{name} 已下架。</b>不计入本订单。', nowOffSale: '<b>{name} 已下架。</b>尚未下单。', changeBag: '修改购物袋', chooseOther: '另选一件',
  // payment
  placed: '订单 {id} 已提交，库存为您保留至 {time}。', placedOnly: '订单 {id} 已提交。', balance: '余额', balanceHidden: '输入支付密码后显示', thisOrder: '本订单', afterwards: '付款后', missing: '还差',
  timeToPay: '付款剩余时间', timeLeft: '付款还剩 {time}', until: '至 {time}', pin: '支付密码', pinFirst: '请先输入支付密码，长度为 6 至 32 个字符。', badPin: '支付密码不正确，尚未付款。连错五次将暂停 15 分钟。',
  pinRests: '支付密码错误次数过多，尚未付款。{time} 后可重试。', pay: '支付 {sum}', paying: '正在付款', seeBalance: '查看余额', paid: '已支付 {sum}', paidBefore: '此订单已付款，没有重复扣款。',
  payUnknown: '商城没有响应，尚不清楚是否已付款。请再按一次：不会重复扣款。', lookUnknown: '商城没有响应，请再查看一次。',
  short: '<b>钱包还差 {sum}。</b>尚未付款，订单为您保留至 {time}。请充值，或减少商品后重新下单。', toppedUp: '已充值，重新检查',
  expired: '付款时间已过，库存已退回。没有付款，也无需付款。', seeOrder: '查看订单',
};
