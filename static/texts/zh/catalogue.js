export default {
  // card, price, stock
  priceNow: '现价', listPrice: '原价', soldOut: '已售罄', notSold: '已下架', onlyLeft: { other: '仅剩 {n} 件' }, off: '−{n}%', things: { other: '{n} 件' },
  inStock: { other: '库存 {n} 件' }, soldOutLow: '已售罄', from: '{price} 起',
  likeNamed: '收藏：{name}', liked: '已收藏', unliked: '已取消收藏', likeFailed: '收藏未更改：商城没有响应。',
  // home
  homeTitle: '首页', highlights: '精选', slideLead: '{name}。{title}。', slideOf: '第 {n} 张，共 {total} 张', pause: '暂停', play: '播放', seeIt: '去看看', lookInside: '随便看看',
  saleAt: '限时抢购，{when}', saleNow: '限时抢购，正在进行', toSale: '进入抢购页', leftOf: '剩 {left} 件，共 {total} 件', unitsLeft: '件剩余，共 {total} 件', claimed: '已抢', salePaused: '限时抢购，已暂停', saleGone: '限时抢购，已抢完',
  categories: '分类', popular: '本周热门', recent: '最近看过', storyMore: { other: '查看{category}的 {n} 件商品' },
  creed: '每一件只卖一次，<br/>每张确认的订单都作数，<br/>一条命令即可证明。',
  creedText: '同样的核对全天在柜台后运行：进了多少、出了多少、还剩多少，三者永远对得上。',
  // product
  quantity: '数量', less: '减一件', moreOne: '加一件', onlySo: { other: '只有 {n} 件。' },
  addToBag: '加入购物袋', buyNow: '立即购买', inBag: '已加入购物袋', toBag: '查看购物袋',
};
