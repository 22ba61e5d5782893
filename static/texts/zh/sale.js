/** Texts of the sale page and the list of sales. */
export default {
  pageTitle: '限时抢购：{name}', eyebrow: '限时抢购：{title}', variant: '款式',
  // the state
  opensAt: '{when} 开抢', opensSoon: '即将开抢', openNow: '正在抢购', closesIn: '{left} 后结束', closesAt: '{when} 结束', opensIn: '{left} 后开抢',
  admitted: '已受理', confirmedAt: '{at} 确认', notWritten: '未能写入', notClaimed: '未能抢到', lapsedAt: '付款时间已过',
  allClaimed: '已全部抢完', allClaimedAfter: '{span} 全部抢完', endedAt: '{when} 已结束', calledOff: '商城已取消', pausedByShop: '商城已暂停',
  youAreOffline: '您已离线', shopSilent: '商城没有响应',
  // the one thing to know
  unitsLeft: { other: '件剩余，共 {total} 件' },
  askingTitle: '正在为您争取', askingText: '按一次就够了，刷新也不会有影响。',
  unsureText: '还没有答复。我们会继续为同一件询问，绝不会多抢一件。', earlyText: '早了一瞬。一到开抢时间，我们会自动为您询问。',
  queuedTitle: '已为您占好位置', queuedText: '正在写入您的订单。留在本页或关闭都行，结果不变。',
  wonTitle: '是您的了', wonText: '请在 <left/> 内付款。在此之前，谁也拿不走。',
  lostTitle: '这次没抢到', lostTicket: { other: '我们的一台机器在保存订单前出了故障。没有扣款，还剩 {n} 件。' },
  lostAddress: '该地址已不在您的地址簿里，这一件已退回。没有扣款，请另选地址。',
  lostNoAddress: '没有可寄送的地址，这一件已退回。没有扣款，请先添加地址。',
  lostLapsed: '未按时付款，这一件已回到抢购中。没有扣款。', lostOther: '{why}没有扣款。',
  goneTitle: { other: '{n} 件都已有主' }, lateTitle: { other: '{n} 件都先一步被抢走' },
  backBy: '未付款的会回到这里，最迟 <b>{at}</b>。', backUntilEnd: '<b>{at}</b> 之前，未付款的可能会回到这里，之后的回到货架。',
  backHardly: '我们看到的那些都已过付款时间。如果 <b>{at}</b> 前还有退回，会显示在这里。', lateBackBy: '没有扣款。未付款的会回到这里，最迟 <b>{at}</b>。', lateBackUntilEnd: '没有扣款。<b>{at}</b> 之前，未付款的可能会回到这里。',
  endedTitle: '抢购已结束', endedText: '现已恢复日常价格。', endedGone: '日常价格的也已售完。',
  cancelledTitle: '抢购已取消', cancelledText: '已确认的订单照常有效，其他人没有扣款。',
  haveTitle: '您已抢到', haveOne: '本场每人限购一件，您的订单里已经有了。', haveSome: { other: '您的订单里已有 {n} 件，达到每人上限。' }, haveEnded: '抢购已结束，您的订单照常有效。',
  loginTitle: '登录后抢购', loginText: '登录后直接回到本页。您按下之前不会下单。',
  waitTitle: '请稍候', waitFast: { other: '点得太快了。按钮 <b>{n}</b> 秒后自动恢复。' },
  waitCrowd: { other: '同时抢购的人很多。按钮 <b>{n}</b> 秒后自动恢复，没有扣款。' },
  pausedTitle: '抢购暂停中', pausedText: { other: '目前谁都不能抢，剩余 {n} 件原封不动。每 2 秒自动查看。' },
  offlineTitle: '没有网络连接', offlineText: '时钟按商城最后告知的时间继续走。<b>{at}</b> 之后库存可能有变。', offlineWarm: '时钟按商城最后告知的时间继续走。归零时请保持在线。',
  offlinePressed: '您的这一按已记下。一旦能连上商城，就为同一件询问，绝不会多抢一件。',
  // price and stock
  noneYet: '尚未有人抢到', units: { other: '共 {n} 件' }, leftOf: '剩 {left} 件，共 {total} 件', claimedPercent: '已抢 {percent}', claimedFew: '已抢 {n} 件',
  claimedInSeconds: { other: '{n} 秒内已抢 {percent}' }, claimedInMinutes: { other: '{n} 分钟内已抢 {percent}' }, claimedSince: '自{when} 起已抢 {percent}',
  heldUntil: '为您保留至 {at}', timeToPay: '付款剩余时间', soldOf: '售出 {gone} 件，共 {total} 件', sold: { other: '售出 {n} 件' }, window: '{from} – {to}',
  // the button
  remind: '提醒我', opensExactly: '{at} 开抢', claim: '抢一件', claimAgain: '再抢一次', claimIn: '{n} 秒后可抢', claiming: '处理中', waiting: '等待结果', pay: '支付 {price}', seeOrder: '查看订单',
  tellMe: '有货时告诉我', buyFor: '{price} 购买', seeProduct: '在商城中查看', paused: '已暂停', waitNetwork: '等待网络恢复', waitShop: '等待商城响应',
  // small print
  oneEach: { other: '每人限购一件，{n} 分钟内付款。' }, someEach: '每人最多 {most} 件，{n} 分钟内付款。', goesTo: '寄往 {who} <change>更改</change>', deliveryCosts: '另加配送费（{name}）：{price}', deliveryFree: '配送（{name}）：免费', goesFixed: '寄往 {who}', noAddress: '还没有地址。<change>先添加一个</change>，到时按一次就够。',
  synced: '以商城时钟为准，误差 {n} 毫秒内', unsynced: '以商城时钟为准', allReady: '您已登录，地址也已选好。到时按一次就够了。',
  logIn: '登录', timeLeft: '{left}', orderLink: '<order>查看订单</order>', logInFirst: '请提前<login>登录</login>，到时按一次就够。', makeAccount: '<join>注册账户</join>，很快就好', ticket: '号票 <code>{id}</code>', reloadFine: '刷新后会从这里继续。',
  unpaidGoes: '{at} 仍未付款，将让给他人。', unpaidShelf: '{at} 仍未付款，将回到货架。', orWithout: '或者现在就买，非抢购价：<buy>{price}</buy>', nextSale: '下一场：<next>{name}</next>，{when}。', yourOrders: '<orders>我的订单</orders>',
  tryAgainSelf: '会自动重试。', watching: '每 2 秒查看一次，有货就告诉您。请不要关闭本页。', ownsSome: { other: '{most} 件中已有 {n} 件是您的。<order>查看订单</order>' },
  statusPaid: '已付款，打包中', statusShipped: '运送中', statusCompleted: '已收货', statusUnpaid: '等待付款',
  // said once
  sayOpen: { other: '抢购已开始，剩 {n} 件。' }, sayWon: '是您的了。请在 {n} 分钟内付款。', sayQueued: '已为您占好位置。', sayGone: '都已有主。', sayLate: '都先一步被抢走了，没有扣款。', sayReturned: { other: '有 {n} 件回来了。' },
  sayTenMinutes: '距开抢还有十分钟', sayOneMinute: '距开抢还有一分钟', sayTenSeconds: '还有十秒', sayClosing: '距结束还有一分钟',
  // the address
  addressTitle: '寄到哪里？', addressClaims: '地址一保存，就为您抢一件。', addressUse: '用这个地址',
  // how, about
  how: '本场规则', howPress: '按一次', howPressText: '以商城时钟 {at} 整为准。网速快也只算一次，刷新不会丢掉位置。',
  howPay: { other: '{n} 分钟内付款' }, howPayText: '显示“是您的了”即已落账，在此期间谁也拿不走。',
  howBack: '未付款的会回来', howBackText: '未付款的立即回到抢购。“抢完”不等于结束，以时钟为准。',
  about: '关于它', salePrice: '抢购价', listPrice: '原价', listSince: '原价，自 {date} 起', everydayPrice: '日常价格', lowest: '30 天最低价', eachPerson: '每人限购', unitsEach: { other: '{n} 件' }, openFor: '抢购时间',
  // calendar
  icsTitle: '限时抢购：{name}', icsText: '{price}，原价 {list}。{url}', icsSaved: '日历文件已保存，开抢前十分钟提醒。',
  // all sales
  salesTitle: '限时抢购', running: '正在进行', coming: '即将开始', past: '已结束', noSales: '目前没有限时抢购', noSalesText: '下一场一经确定，就会出现在这里和首页。', noneOpen: '目前没有正在进行的抢购。', allGoods: '全部商品',
  toSale: '进入抢购页', pastSale: '{when} 已结束', pastOff: '已取消', soldOut: '已抢完', pausedShort: '已暂停',
};
