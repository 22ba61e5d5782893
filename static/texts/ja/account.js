/** Texts of account, wallet, addresses. */
export default {
  // account
  goodMorning: '{name}さん、おはようございます', goodAfternoon: '{name}さん、こんにちは', goodEvening: '{name}さん、こんばんは', overview: 'マイページの内容',
  profile: 'プロフィール', email: 'メール', passwordAndPin: 'パスワードとPIN', thisDevice: 'この端末',
  toPay: { other: '支払い待ち{n}件' }, nothingToPay: '支払い待ちなし', walletLine: 'PINで開きます',
  profileText: 'ショップでのお名前です。', nickname: 'ニックネーム', nicknameMissing: '名前を入力してください', saved: '保存しました', since: '登録日',
  // picture
  choosePicture: '画像を選ぶ', changePicture: '画像を変更', pictureHint: 'JPEG、PNG、WebP、GIF。表示する部分を選べます。', pictureOf: '{name}さんの画像',
  pictureLarge: '40 MBまでの画像を選んでください。', pictureSaved: '新しい画像にしました', whichPart: 'どの部分を表示しますか？', part: '画像の範囲',
  partHow: 'ドラッグで移動、ピンチかホイールで拡大縮小。矢印キーとプラス・マイナスキーも使えます。', zoom: '拡大', usePart: 'この部分を使う',
  // e-mail
  emailText: 'パスワードを忘れたとき、確認済みのアドレスだけが頼りになります。', emailNone: '確認用のコードだけをお送りします。',
  emailUnconfirmed: 'まだ確認されていません。コードを受け取ってください。', emailConfirmed: '確認済みです。変更するには別のアドレスを入力してください。', emailSame: 'このアドレスは確認済みです',
  emailBound: '{email}を確認しました', emailUnbound: 'アドレスの登録を解除しました', unbind: 'このアドレスを解除', confirmUnbind: '解除する',
  // password, PIN
  passwordText: '変更すると、ほかのログインはすべて終了します。ほかのブラウザーや端末では、もう一度ログインが必要です。', oldPassword: '現在のパスワード', changePassword: 'パスワードを変更',
  passwordChanged: 'パスワードを変更しました。ほかのログインは終了しました', pinText: 'ウォレットを開き、支払いを確定するためのものです。ご本人の確認にパスワードを使います。',
  yourPassword: 'ログインのパスワード', newPin: '新しいPIN', pinRule: '6～32文字', changePin: 'PINを変更', pinChanged: 'PINを変更しました',
  // wallet
  balance: '残高', closed: 'PINを入力すると表示されます', hidden: '非表示', showBalance: '残高を表示', hide: '隠す', badPin: 'PINが違います。', pinMissing: 'PINを入力してください',
  statement: '明細', when: '日時', what: '内容', amount: '金額', order: '注文 {id}', gift: 'デモからの贈りもの', byAdmin: 'ショップの管理者による入金',
  kind_opening: '開始時の残高', kind_top_up: '入金', kind_payment: '支払い', kind_refund: '返金', kind_other: '振替',
  noTransfers: 'まだ動きはありません', noTransfersText: '支払い、返金、入金は、すべてここに記録されます。',
  topUp: '入金について', topUpText: '入金はショップの管理者が行います。ユーザー名<b>{name}</b>をお伝えください。すぐに反映されます。',
  topUpDemo: 'このデモでは、<b>admin</b>でログインして<users>ユーザー</users>を開いてください。',
  // addresses
  makeDefault: '既定にする', makeDefaultNamed: '既定にする、{name}さん', removeNamed: '{name}さんのお届け先を削除', defaultSet: '{name}さん宛てを既定にしました',
  addressRemoved: 'お届け先を削除しました', noAddresses: 'お届け先はまだありません', noAddressesText: '一件登録しておくと、注文がすぐに済みます。',
  removeTitle: 'このお届け先を削除しますか？', removeText: '{name}さんのお届け先を削除します。これまでの注文の宛先は残ります。', keepIt: '残す', removeIt: '削除する',
};
