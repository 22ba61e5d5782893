/** Texts of the console: users and audit log. */
export default {
  users: '用户', search: '姓名或邮箱', name: '姓名', email: '邮箱', role: '角色', status: '状态', since: '注册时间', id: '编号', unproven: '未验证', userNo: '用户 {id}',
  admin: '管理员', customer: '买家', active: '正常', banned: '已封禁', noUsers: '没有找到用户', noUsersText: '没有用户名、昵称或邮箱包含这些字。',
  topUp: '充值', topUpAsk: '为 {name} 的钱包充值？', topUpText: '金额立即到账，并连同原因记入对方的账单和审计日志。', amount: '金额', amountBad: '请输入大于零的金额', reasonNeeded: '请说明原因', topUpSum: '充值 {sum}', toppedUp: '已充值 {sum}，钱包余额 {balance}',
  ban: '封禁', banAsk: '封禁 {name}？', banText: '该用户的所有登录将在 5 秒内失效，且无法再登录。订单不受影响，您可以随时解除封禁。', banReasonHint: '记入审计日志。选填。', bannedToast: '已封禁 {name}',
  unban: '解除封禁', unbanAsk: '解除对 {name} 的封禁？', unbanText: '对方可立即重新登录。', unbannedToast: '{name} 可以重新登录了',
  makeAdmin: '设为管理员', makeAdminAsk: '将 {name} 设为管理员？', makeAdminText: '管理员可以查看所有订单和用户、修改价格和库存、调动资金。5 秒内生效。', isAdminNow: '{name} 现在是管理员',
  makeCustomer: '设为买家', makeCustomerAsk: '取消 {name} 的后台权限？', makeCustomerText: '对方仍是买家，订单和钱包不变。5 秒内生效。', isCustomerNow: '{name} 现在是买家',
  yourself: '这是您自己。不能封禁或降级自己，以免后台无人可进。', orders: '订单', noOrders: '还没有订单。',
  log: '审计日志', logText: '管理员做过的事，最新的在前。此处内容不可更改。', who: '操作者', what: '操作', toWhat: '对象', noLog: '还没有记录', noLogText: '管理员的每一步操作都会记在这里。',
  // acts and their targets
  act_user_ban: '封禁用户', act_user_unban: '解除封禁', act_user_role: '更改角色', act_user_top_up: '为钱包充值', act_user_create: '创建管理员', act_admin_create: '创建管理员', act_order_ship: '发货',
  act_order_refund: '退款', act_order_seed: '生成演示订单', act_sale_create: '安排抢购', act_sale_change: '更改抢购', act_sale_pause: '暂停抢购', act_sale_resume: '恢复抢购', act_sale_cancel: '取消抢购',
  act_category_create: '新建分类', act_category_update: '更改分类', act_category_delete: '删除分类', act_carousel_create: '添加轮播', act_carousel_update: '更改轮播', act_carousel_delete: '删除轮播',
  act_product_create: '新建商品', act_product_update: '更改商品', act_product_off_sale: '下架商品', act_product_images: '更改图片', act_product_import: '导入商品', act_product_seed: '生成演示商品',
  act_sku_stock: '调整库存', act_webhook_create: '添加 Webhook', act_webhook_enable: '启用 Webhook', act_webhook_delete: '删除 Webhook', act_webhook_replay: '重发投递',
  act_webhook_switch_off: 'Webhook 已停用', act_job_retry: '重试任务', act_audit_start: '运行审计', act_audit_run: '运行审计', act_user_seed: '生成演示用户',
  kind_user: '用户', kind_order: '订单', kind_sale: '抢购', kind_product: '商品', kind_category: '分类', kind_carousel: '轮播', kind_webhook: 'Webhook', act_delivery_method_create: '新建了配送方式', act_delivery_method_update: '修改了配送方式', act_delivery_method_delete: '删除了配送方式', kind_delivery_method: '配送方式',
  kind_job: '任务', kind_sku: '款式',
  kind_catalogue: '商品目录', kind_shop: '商城',
};
