/** Texts of the console: jobs. */
export default {
  title: '任务', text: '柜台后的工作：邮件、Webhook、退回的库存。完成的会从列表消失。', lookAgain: '刷新', byState: '按状态查看任务', tabWaiting: '等待中', tabParked: '已放弃',
  job: '任务', state: '状态', due: '执行时间', givenUp: '放弃时间', attempts: '尝试次数', acts: '可执行的操作', since: '自 {when} 起', waiting: '等待中', running: '执行中', parked: '已放弃', retry: '重试', retried: '任务 {id} 正在重试',
  kind_mail_order: '订单邮件', kind_mail_proof: '验证码邮件', kind_mail_webhook_off: 'Webhook 停用邮件', kind_webhook_event: 'Webhook 事件', kind_webhook_delivery: 'Webhook 投递', kind_sale_give: '库存退回抢购',
  noneWaiting: '没有等待中的任务', noneWaitingText: '所有工作都已完成。', noneParked: '没有放弃的任务', noneParkedText: '一再失败的任务会停在这里，等您处理。',
};
