/** Texts of account, wallet, addresses. */
export default {
  // account
  goodMorning: '{name}，早上好', goodAfternoon: '{name}，下午好', goodEvening: '{name}，晚上好', overview: '我的内容',
  profile: '个人资料', email: '邮箱', passwordAndPin: '密码与支付密码', thisDevice: '此设备',
  toPay: { other: '{n} 笔待付款' }, nothingToPay: '没有待付款', walletLine: '输入支付密码打开',
  profileText: '商城这样称呼您。', nickname: '昵称', nicknameMissing: '请输入昵称', saved: '已保存', since: '注册时间',
  // picture
  choosePicture: '选择图片', changePicture: '更换图片', pictureHint: 'JPEG、PNG、WebP 或 GIF，由您选择显示的部分。', pictureOf: '{name} 的头像',
  pictureLarge: '图片请不超过 40 MB。', pictureSaved: '头像已更新', whichPart: '显示哪一部分？', part: '图片区域',
  partHow: '拖动可移动，双指或滚轮可缩放；也可使用方向键和加减键。', zoom: '缩放', usePart: '使用此部分',
  // e-mail
  emailText: '忘记密码时，只有已验证的邮箱能找回账户。', emailNone: '我们只会发送验证码，确认之前不发送其他内容。',
  emailUnconfirmed: '尚未验证，请发送验证码。', emailConfirmed: '已验证。输入其他邮箱可更换。', emailSame: '该邮箱已经验证过',
  emailBound: '{email} 已验证', emailUnbound: '邮箱已解绑', unbind: '解绑此邮箱', confirmUnbind: '解绑',
  // password, PIN
  passwordText: '修改后，其他登录都会结束：其他浏览器和设备需要重新登录。', oldPassword: '当前密码', changePassword: '修改密码',
  passwordChanged: '密码已修改，其他登录均已结束', pinText: '用于打开钱包和确认付款。请输入登录密码以确认是您本人。',
  yourPassword: '您的登录密码', newPin: '新支付密码', pinRule: '6–32 个字符', changePin: '修改支付密码', pinChanged: '支付密码已修改',
  // wallet
  balance: '余额', closed: '输入支付密码后显示', hidden: '已隐藏', showBalance: '显示余额', hide: '隐藏', badPin: '支付密码不正确。', pinMissing: '请输入支付密码',
  statement: '账单', when: '时间', what: '事项', amount: '金额', order: '订单 {id}', gift: '演示赠送', byAdmin: '由商城管理员充值',
  kind_opening: '开户金额', kind_top_up: '充值', kind_payment: '付款', kind_refund: '退款', kind_other: '转账',
  noTransfers: '还没有任何变动', noTransfersText: '每一笔付款、退款和充值都会记在这里，分毫不差。',
  topUp: '充值', topUpText: '由商城管理员为钱包充值。请告知您的用户名 <b>{name}</b>，片刻后到账。',
  topUpDemo: '在本演示中，请以 <b>admin</b> 登录并打开<users>用户</users>页面。',
  // addresses
  makeDefault: '设为默认', makeDefaultNamed: '设为默认，{name}', removeNamed: '移除 {name} 的地址', defaultSet: '默认寄给 {name}',
  addressRemoved: '地址已移除', noAddresses: '还没有地址', noAddressesText: '保存一个地址，下单只需一步。',
  removeTitle: '移除这个地址？', removeText: '{name} 的地址将从地址簿中移除，已寄往该地址的订单不受影响。', keepIt: '保留', removeIt: '移除地址',
};
