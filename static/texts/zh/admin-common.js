export default {
  console: '后台', menu: '菜单', jump: '搜索或跳转', toShop: '前往商城',
  overview: '概览', liveSale: '实时抢购', orders: '订单',
  shelves: '货架', products: '商品', categories: '分类', carousel: '轮播', sales: '限时抢购', promotions: '促销', delivery: '配送', import: '导入',
  people: '用户与凭证', users: '用户', audit: '审计日志', webhooks: 'Webhook', jobs: '任务',
  shownOf: '{n} / {total}', shownMore: { other: '已显示 {n} 条' }, shownAll: { other: '共 {n} 条' },
  commandLine: '命令行', reason: '原因', when: '时间',
  unsaved: '有未保存的更改，要离开此页吗？', actsAtOnce: '立即生效',
  nothing: '暂无内容', all: '全部', none: '无', yes: '是', no: '否', search: '搜索', apply: '应用',
  asTable: '以表格显示', asChart: '以图表显示', at: '时间',
};
