/** Texts of the console: flash sales. */
export default {
  title: '限时抢购', new: '新建抢购', newTitle: '新建限时抢购', none: '还没有限时抢购', noneText: '选择商品、价格和时间。件数会立即从货架扣除，等待开抢。',
  groupRunning: '进行中', groupComing: '即将开始', groupPast: '已结束', sale: '抢购', price: '价格', units: '件数', windowHead: '时间', state: '状态', window: '{from} – {to}', leftOf: '剩余，共 {total} 件', board: '实时页', again: '再办一场', itsOrders: '相关订单',
  live: '进行中', scheduled: '即将开始', paused: '已暂停', sold_out: '已抢完', ended: '已结束', cancelled: '已取消',
  pause: '暂停', resume: '恢复', cancel: '取消抢购', keep: '保留抢购', cancelAsk: '彻底取消这场抢购？', cancelText: '之后谁都不能再抢。{taken}已在订单中，照常有效。{left}退回货架。此操作无法撤销。', cancelTextNone: '之后谁都不能再抢。目前尚无人抢到。{left}退回货架。此操作无法撤销。',
  pausedToast: '抢购已暂停，恢复之前不会售出', resumedToast: '抢购已恢复', cancelledToast: '抢购已取消', scheduledToast: '抢购已安排', savedToast: '已保存', actsNow: '已保存，立即生效。',
  isEnded: '这场抢购已结束，不能再更改。无人抢到的件数已退回货架。', isCancelled: '这场抢购已取消，不能再更改。已有订单照常有效。',
  what: '卖什么', goods: '商品与款式', goodsFixed: '抢购的商品不能更换。', change: '更换', searchGoods: '搜索商品', noGoods: '没有这样的在售商品。', nowPrice: '现价 {price}', comma: '，',
  headline: '标题', salePrice: '抢购价', eachPerson: '每人限购', eachHint: '每人同时最多持有', priceHint: '不得高于原价', noReduction: '等于原价，没有优惠', offList: '比原价低 {a}%', offBoth: '比原价低 {a}%，比现价低 {b}%',
  room: { other: '库存 {n} 件' }, roomSale: { other: '连同库存最多 {n} 件' },
  needGoods: '请选择商品', needTitle: '请填写标题', longTitle: '最多 128 个字符', needPrice: '请输入大于零的价格', abovePrice: '高于原价 {price}', needUnits: '请输入不小于 1 的数', onlyStock: { other: '库存仅 {n} 件' }, onlySo: { other: '连同库存只有 {n} 件' }, belowTaken: { other: '已被抢 {n} 件' }, needLimit: '请输入 1 到 99', needTime: '请填写日期和时间', closesFirst: '结束早于开始', closesPast: '这个时间已过',
  when: '时间', zone: '您的时区，{zone}', opens: '开始', closes: '结束', begun: '已开抢，不能更改', opensNow: '时间已过，保存后立即开抢', way: '抢购进程', clockNow: '商城时钟现在是 {time}。',
  saved: '已保存', saving: '保存时', stepSaved: '件数已从货架扣除', stepSave: '件数从货架扣除', stepLoad: '闸口就绪', stepOpen: '开抢', stepClose: '结束，剩余退回货架',
  origin: '会向买家展示优惠的依据。取自价格历史，不可手填。', originList: '会向买家展示原价 {list}。取自商品，不可在此手填。', originSince: '会向买家展示价格来源：{list}，自 {since}起。取自价格历史，不可手填。', originBoth: '会向买家展示价格来源：原价 {list} 自 {since}起，30 天最低 {lowest}。取自价格历史，不可手填。',
  sold: '已售出', unitsSold: { other: '共售出 {n} 件' },
  preview: '买家看到的样子', noTime: '尚未定时间', opensAt: '{when} 开抢', closesAt: '{time} 结束', desk_live: '正在抢购', desk_paused: '商城已暂停', desk_sold_out: '已抢完', desk_ended: '抢购已结束', desk_cancelled: '商城已取消', ofLeft: '件剩余，共 {total} 件', unitsN: { other: '{n} 件' }, takenN: { other: '已抢 {n} 件' }, noneTaken: '尚未开抢', remind: '提醒我', claim: '抢一件', each: { other: '每人限购 {n} 件，15 分钟内付款。' }, byClock: '以商城时钟为准',
  saveBar: '未保存的更改', schedule: '安排抢购', discard: '放弃更改', notYet: '表单还有需要修正的地方。', takesStock: '安排后，件数立即从货架扣除。', noChanges: '没有更改', changesN: { other: '{n} 处更改' }, changesNow: { other: '{n} 处更改，立即生效' },
};
