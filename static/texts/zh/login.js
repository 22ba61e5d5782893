/** Texts of log in, join, codes from letters. */
export default {
  // log in
  userName: '用户名', password: '密码', forgotten: '忘记密码？', nameMissing: '请输入用户名', passwordMissing: '请输入密码',
  mismatch: '用户名与密码不匹配，账户未被锁定。',
  backToSale: '登录后直接回到抢购页。', backToProduct: '登录后回到您刚才看的商品。', onToCheckout: '登录后继续购买。',
  backToPlace: '登录后回到刚才的页面。', bagComesAlong: '购物袋里的商品会一起带走。',
  aboutToClaim: '您正要抢购', lookingAtSale: '您正在看这场抢购', aboutToBuy: '您正要购买', lookingAt: '您正在看', bagWaits: '购物袋中',
  andMore: { other: '另有 {n} 件' },
  demo: '这是演示商城。用 <b>alice</b> 或 <b>bob</b> 登录，密码 <code>stampede-demo</code>，支付密码 <code>246810</code>。用 <b>admin</b> 和 <code>stampede-admin</code> 可进入管理后台。', fillIn: '填入 {name}',
  // join
  joinLead: '三项内容，十秒完成。', pin: '支付密码', nameRule: '3–32 个字母、汉字或数字，也可以用 _ . -', passwordRule: '至少 8 个字符，几个词连起来就很好',
  pinRule: '6–32 个字符，用于钱包付款，请与登录密码不同', nameTaken: '用户名已被占用。请换一个；如果是您的，请直接登录。',
  haveOne: '已有账户？', demoJoin: '这是演示商城，新账户的钱包里有演示金额。',
  // forgotten password
  resetTitle: '重设密码', resetLead: '我们会把验证码发到您账户已验证的邮箱。', email: '邮箱', resetHint: '没有验证过邮箱时，只能请商城管理员协助。',
  emailMissing: '请输入邮箱地址', sendLetter: '发送验证码', haveCode: '我已有验证码', renewLead: '您的所有登录都会结束，之后只有新密码能打开账户。',
  newPassword: '新密码', setPassword: '设置密码', askAgain: '重新获取验证码', codeMissing: '请复制邮件中的验证码', resetDone: '新密码已设置，请用它登录。',
  // rules, pauses
  atLeast: { other: '至少 {n} 个字符' }, backIn: '按钮将在 <time>{time}</time> 后恢复。', secondsLong: { other: '{n} 秒' },
  // codes
  code: '验证码', codeHint: '验证码在邮件中，15 分钟内有效，只能使用一次。', letterSent: '如果有账户验证过该邮箱，邮件已经发出。', letterSentTo: '邮件已发往 {to}。',
  openMailbox: '打开演示邮箱',
  verifyTitle: '验证码确认', verifyLead: '请复制我们发给您的邮件中的验证码。', verify: '确认', verifyDone: '已确认', codeTaken: '验证码有效，您要求的更改已完成。', toAccount: '前往账户',
};
