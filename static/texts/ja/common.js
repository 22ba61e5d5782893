export default {
  // shell
  skip: '本文へ', shop: 'ショップ', main: 'メイン', home: 'ホーム', browse: 'さがす', sale: 'セール', bag: 'バッグ', you: 'マイページ',
  flashSale: 'タイムセール', flashSales: 'タイムセール', search: '検索', searchHint: '商品を検索', favourites: 'お気に入り', favourite: 'お気に入り',
  bagCount: { other: 'バッグ、{n}点' }, bagEmpty: 'バッグ、空', account: 'アカウント', accountOf: '{name}のアカウント',
  logIn: 'ログイン', logOut: 'ログアウト', join: 'アカウントを作成',
  footTagline: 'みんなが走るときも、落ち着いた店。', footDemo: 'このデモの商品と価格は架空のものです。',
  allGoods: 'すべての商品', orders: '注文', wallet: 'ウォレット', addresses: 'お届け先',
  behind: 'カウンターの裏側', apiDocs: 'APIドキュメント', console: '管理コンソール', mailbox: 'デモのメールボックス', credits: '写真の出典',
  language: '言語', appearance: '表示', auto: '自動', light: 'ライト', dark: 'ダーク',
  offline: 'オフラインです。{time}時点の表示です。購入は接続が戻ってからになります。', onlineAgain: '接続が戻りました',
  sessionEnded: 'ログアウトされました。続けるには、もう一度ログインしてください。',
  notAdmin: 'このアカウントは管理者ではありません。管理者でログインしてください。',
  // doing
  save: '保存', cancel: 'キャンセル', close: '閉じる', edit: '編集', remove: '削除', undo: '元に戻す', add: '追加', back: '戻る', more: 'もっと見る',
  retry: '再試行', retryNow: '今すぐ再試行', againIn: { other: '{n}秒後に再試行します。' }, retryIn: { other: '{n}秒後に再試行' }, copy: 'コピー', copied: 'コピーしました', busy: '少しお待ちください',
  waitsForNetwork: '接続を待っています', againInMinutes: '{time}後に再試行',
  seeAll: 'すべて見る', details: '詳細', requestId: 'リクエスト {id}', loading: '読み込み中', showPassword: 'パスワードを表示', hidePassword: 'パスワードを隠す',
  previous: '前へ', next: '次へ', page: '{n}ページ', pages: 'ページ', crumbs: '現在地', now: '現在', optional: '任意',
  // time
  todayAt: '今日{time}', tomorrowAt: '明日{time}', yesterdayAt: '昨日{time}', dayAt: '{day} {time}',
  days: { other: '日' }, hours: '時間', minutes: '分', seconds: '秒',
  clockSays: '{days}日{hours}時間{minutes}分{seconds}秒', timeLeft: '残り時間', tenMinutes: '残り10分です', oneMinute: '残り1分です', tenSeconds: '残り10秒です',
  // error, not found
  errorTitle: '読み込めませんでした', errorNothing: '購入や変更は行われていません。', brokenTitle: 'このページで問題が起きました',
  offlineTitle: '接続がありません', offlineText: 'オンラインに戻ると、自動的に再試行します。',
  busyTitle: '少しお待ちください', busyText: 'リクエストが集中しました。失われたものはありません。',
  closedTitle: 'ただいま準備中です', closedText: 'メンテナンス中か、混み合っています。購入は行われていません。',
  downTitle: 'ショップから応答がありません', downText: '購入は行われていません。起動中か、混み合っている可能性があります。',
  endedTitle: 'ログアウトされました', endedText: 'このログインは、ここか別の場所で終了しました。続けるには、もう一度ログインしてください。',
  notFoundTitle: 'このページはありません', notFoundText: 'アドレスが違うか、商品が店頭から下げられた可能性があります。',
  goneTitle: 'ここにはありません', goneText: '店頭から下げられたか、ほかの方のものです。',
  forbiddenTitle: '管理者専用です', forbiddenText: 'このアカウントでは開けません。', toHome: 'ホームへ', toSearch: '見てまわる',
};
