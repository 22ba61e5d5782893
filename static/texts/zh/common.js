export default {
  // shell
  skip: '跳到正文', shop: '商城', main: '主导航', home: '首页', browse: '分类', sale: '抢购', bag: '购物袋', you: '我的',
  flashSale: '限时抢购', flashSales: '限时抢购', search: '搜索', searchHint: '搜索商品', favourites: '收藏', favourite: '收藏',
  bagCount: { other: '购物袋，{n} 件' }, bagEmpty: '购物袋，空', account: '账户', accountOf: '{name} 的账户',
  logIn: '登录', logOut: '退出登录', join: '注册账户',
  footTagline: '人潮汹涌，从容依旧。', footDemo: '本演示中的商品与价格均为虚构。',
  allGoods: '全部商品', orders: '订单', wallet: '钱包', addresses: '地址',
  behind: '柜台背后', apiDocs: 'API 文档', console: '管理后台', mailbox: '演示邮箱', credits: '图片来源',
  language: '语言', appearance: '外观', auto: '自动', light: '浅色', dark: '深色',
  offline: '您已离线。页面内容截至 {time}，恢复网络后可继续购买。', onlineAgain: '网络已恢复',
  sessionEnded: '您已退出登录。请重新登录后继续。',
  notAdmin: '此账户不是管理员。请以管理员身份登录。',
  // doing
  save: '保存', cancel: '取消', close: '关闭', edit: '编辑', remove: '移除', undo: '撤销', add: '添加', back: '返回', more: '显示更多',
  retry: '重试', retryNow: '立即重试', againIn: { other: '{n} 秒后自动重试。' }, retryIn: { other: '{n} 秒后重试' }, copy: '复制', copied: '已复制', busy: '请稍候',
  waitsForNetwork: '等待网络恢复', againInMinutes: '{time} 后可重试',
  seeAll: '查看全部', details: '详情', requestId: '请求编号 {id}', loading: '正在加载', showPassword: '显示密码', hidePassword: '隐藏密码',
  previous: '上一张', next: '下一张', page: '第 {n} 页', pages: '分页', crumbs: '当前位置', now: '现在', optional: '选填',
  // time
  todayAt: '今天 {time}', tomorrowAt: '明天 {time}', yesterdayAt: '昨天 {time}', dayAt: '{day} {time}',
  days: { other: '天' }, hours: '时', minutes: '分', seconds: '秒',
  clockSays: '{days} 天 {hours} 小时 {minutes} 分 {seconds} 秒', timeLeft: '剩余时间', tenMinutes: '还剩十分钟', oneMinute: '还剩一分钟', tenSeconds: '还剩十秒',
  // error, not found
  errorTitle: '内容未能加载', errorNothing: '没有产生任何购买或更改。', brokenTitle: '页面出现故障',
  offlineTitle: '没有网络连接', offlineText: '网络恢复后会自动重试。',
  busyTitle: '请稍候', busyText: '请求过于频繁，没有内容丢失。',
  closedTitle: '商城暂时关闭', closedText: '正在维护，或较为繁忙。没有产生购买。',
  downTitle: '商城没有响应', downText: '没有产生购买。商城可能正在启动，或较为繁忙。',
  endedTitle: '您已退出登录', endedText: '此登录已在本机或其他地方结束。请重新登录后继续。',
  notFoundTitle: '没有这个页面', notFoundText: '地址可能有误，或内容已经下架。',
  goneTitle: '这里没有内容', goneText: '可能已经下架，或不属于您。',
  forbiddenTitle: '仅限管理员', forbiddenText: '您的账户无权打开此页。', toHome: '回到首页', toSearch: '随便看看',
};
