/** Texts of the console: promotions. */
export default {
  title: '促销', text: '买家得到的优惠，凭优惠码或自动生效。', new: '新建促销', newTitle: '新建促销', none: '还没有促销', noneText: '促销为买家减免金额，凭优惠码或自动生效。',
  promotion: '促销', takesOff: '优惠内容', used: '已使用', period: '期间', state: '状态', acts: '操作', bySelf: '自动生效', usedOf: '{n} / {most}', usedN: '已使用：{used}', eachN: { other: '每人 {n} 次' },
  state_on: '生效中', state_off: '已停用', state_coming: '即将开始', state_ended: '已结束', state_used_up: '已用完',
  offPart: '减 {part}', offSum: '减 {sum}', offDelivery: '免运费', offBundle: '买 {buy} 件送 {get} 件', always: '长期', from: '{from} 起', to: '至 {to}', fromTo: '{from} – {to}',
  turnOff: '停用', turnOn: '启用', turnOffNamed: '停用 {name}', turnOnNamed: '启用 {name}', isOff: '{name} 已停用', isOn: '{name} 已启用',
  remove: '删除', removeAsk: '删除 {name}？', removeText: '如有订单使用过，则保留并停用。', keep: '保留', removed: '已删除 {name}',
  what: '基本信息', name: '名称', nameHint: '买家会在购物袋和订单中看到', how: '如何获得', byCode: '凭优惠码', byItself: '自动生效', code: '优惠码', codeHint: '不区分大小写',
  kind: '类型', kind_percent: '按百分比', kind_amount: '按金额', kind_free_shipping: '免运费', kind_buy_x_get_y: '买几件送几件', percent: '减免百分比', percentHint: '按适用商品计算', amount: '减免金额', amountHint: '不超过适用商品的价格', buy: '购买件数', get: '免费件数', getHint: '最便宜的免费', deliveryHint: '没有运费时不产生优惠。', least: '满额', leastHint: '全部商品的最低金额，留空则不限',
  scope: '适用范围', scopeHint: '默认适用全部商品。两项都选时，只适用于这些分类中的这些商品。', onlyShelves: '仅限以下分类及其下级', onlyGoods: '仅限以下商品', addProduct: '添加商品', removeProduct: '移除 {name}',
  when: '时间', opens: '开始', closes: '结束', opensHint: '您的时区，留空则立即开始', closesHint: '您的时区，留空则不结束', howOften: '使用次数', uses: '订单总数', each: '每位买家的订单数', usesHint: '留空则不限', beside: '与其他优惠', combinable: '可与其他优惠同时使用', combinableHint: '不可同时使用的单独生效，买家得到最省的一种。', enabled: '启用',
  needName: '请填写名称', longName: '最多 128 个字符', needCode: '1 至 32 个字符，不含空格', needPercent: '请输入 0.01 到 100', needAmount: '请输入大于零的金额', needBundle: '请输入 1 到 99', needLeast: '请输入金额或留空', needShelves: '请选择分类', needGoods: '请选择商品', tooMany: '最多 {n} 个', closesFirst: '结束早于开始', needLimit: '请输入不小于 1 的数或留空',
  belowUsed: { other: '已有 {n} 个订单使用' }, codeTaken: '已有促销使用这个优惠码', usedMore: '已使用的次数超过了这个数',
  make: '创建促销', made: '促销已创建', saved: '已保存', saveBar: '未保存的更改', discard: '放弃更改', notYet: '表单还有需要修正的地方。', noChanges: '没有更改', actsAtOnce: '保存后立即生效，已有订单不变。',
  leave: '不保存就离开？', leaveText: '您填写的促销内容尚未保存。', stay: '留下', leaveAct: '离开',
};
