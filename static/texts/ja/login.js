/** Texts of log in, join, codes from letters. */
export default {
  // log in
  userName: 'ユーザー名', password: 'パスワード', forgotten: 'お忘れですか？', nameMissing: 'ユーザー名を入力してください', passwordMissing: 'パスワードを入力してください',
  mismatch: 'ユーザー名とパスワードが一致しません。アカウントはロックされていません。',
  backToSale: 'ログイン後、セールのページに戻ります。', backToProduct: 'ログイン後、ご覧になっていた商品に戻ります。', onToCheckout: 'ログイン後、お買い物を続けられます。',
  backToPlace: 'ログイン後、元のページに戻ります。', bagComesAlong: 'バッグの中身はそのまま引き継がれます。',
  aboutToClaim: '確保しようとしていたもの', lookingAtSale: 'ご覧になっていたセール', aboutToBuy: '購入しようとしていたもの', lookingAt: 'ご覧になっていたもの', bagWaits: 'バッグの中身',
  andMore: { other: 'ほか{n}点' },
  demo: 'これはデモショップです。<b>alice</b>か<b>bob</b>、パスワード<code>stampede-demo</code>、PINは<code>246810</code>。<b>admin</b>と<code>stampede-admin</code>で管理コンソールに入れます。', fillIn: '{name}を入力',
  // join
  joinLead: '3つの項目、10秒で完了します。', pin: '支払い用PIN', nameRule: '3～32文字。文字と数字、_ . - が使えます', passwordRule: '8文字以上。いくつかの単語をつなげるのがおすすめです',
  pinRule: '6～32文字。ウォレットの支払いに使うので、パスワードとは別のものに', nameTaken: 'このユーザー名は使われています。別の名前にするか、ご自身のものならログインしてください。',
  haveOne: 'アカウントをお持ちですか？', demoJoin: 'これはデモショップです。新しいアカウントのウォレットには、お試し用の残高が入っています。',
  // forgotten password
  resetTitle: '新しいパスワード', resetLead: 'アカウントで確認済みのアドレスにコードをお送りします。', email: 'メールアドレス', resetHint: '確認済みのアドレスがない場合は、ショップの管理者にご相談ください。',
  emailMissing: 'メールアドレスを入力してください', sendLetter: 'コードを送る', haveCode: 'コードを持っています', renewLead: 'すべてのログインが終了し、新しいパスワードだけが使えるようになります。',
  newPassword: '新しいパスワード', setPassword: 'パスワードを設定', askAgain: 'コードをもう一度受け取る', codeMissing: 'メールのコードを貼り付けてください', resetDone: '新しいパスワードを設定しました。ログインしてください。',
  // rules, pauses
  atLeast: { other: '{n}文字以上で入力してください' }, backIn: 'ボタンは<time>{time}</time>後に戻ります。', secondsLong: { other: '{n}秒' },
  // codes
  code: 'コード', codeHint: 'メールに記載されています。15分間、一度だけ使えます。', letterSent: 'このアドレスを確認済みのアカウントがあれば、メールをお送りしました。', letterSentTo: '{to}にメールをお送りしました。',
  openMailbox: 'デモのメールボックスを開く',
  verifyTitle: 'コードの確認', verifyLead: 'お送りしたメールのコードを貼り付けてください。', verify: '確認する', verifyDone: '確認しました', codeTaken: 'コードを確認し、ご希望の変更が完了しました。', toAccount: 'アカウントへ',
};
