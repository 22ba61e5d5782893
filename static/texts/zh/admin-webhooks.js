/** Texts of the console: webhooks. */
export default {
  title: 'Webhook', text: '订单有变化时通知这些地址。每次投递都带签名。', add: '添加 Webhook', addTitle: '要通知谁？',
  address: '地址', addressHint: '您自己服务器的 http 或 https 地址', badUrl: '请输入形如 https://example.com/hook 的地址', events: '事件', oneEvent: '请至少选择一项', lastAnswer: '最近应答', acts: '可执行的操作',
  everything: '全部事件', order_placed: '下单', order_paid: '付款', order_cancelled: '取消', order_shipped: '发货', order_completed: '收货', order_refunded: '退款',
  since: '添加于 {when}', never: '尚未发送', off: '已停用', offSince: '自 {when} 起', failing: '自 {when} 起失败', taken: '已接收', noAnswer: '无应答', waiting: '投递中',
  enable: '启用', enabled: '从现在起恢复通知', deliveries: '投递记录', deleteNamed: '删除 {url}', delete: '删除', keep: '保留', deleteAsk: '删除这个 Webhook？', deleteText: '{url} 将不再收到任何通知，包括仍在投递的。', deleted: 'Webhook 已删除',
  none: '还没有通知对象', noneText: '添加需要了解订单动态的服务器地址，例如记账或物流系统。',
  secretTitle: '请妥善保存此密钥', secretText: '接收方用它核对每次投递的签名。密钥只显示这一次；若遗失，请删除此 Webhook 后重新添加。', secretKept: '我已妥善保存', secretDone: '完成',
  event: '事件', answer: '应答', replay: '重新发送', replayed: '已再次发送', lookAgain: '刷新', attempts: { other: '尝试 {n} 次' }, noDeliveries: '尚未发送任何内容', noDeliveriesText: '下一次订单变化会显示在这里。',
};
