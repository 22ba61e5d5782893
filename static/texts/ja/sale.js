/** Texts of the sale page and the list of sales. */
export default {
  pageTitle: 'タイムセール：{name}', eyebrow: 'タイムセール：{title}', variant: '種類',
  // the state
  opensAt: '{when}開始', opensSoon: 'まもなく開始', openNow: '受付中', closesIn: '終了まで {left}', closesAt: '{when}終了', opensIn: '開始まで {left}',
  admitted: '受付済み', confirmedAt: '{at} 確定', notWritten: '記録されませんでした', notClaimed: '受付できませんでした', lapsedAt: '支払い期限切れ',
  allClaimed: 'すべて確保済み', allClaimedAfter: '{span}で完了', endedAt: '{when}に終了', calledOff: 'ショップが中止', pausedByShop: '一時停止中',
  youAreOffline: 'オフラインです', shopSilent: 'ショップから応答がありません',
  // the one thing to know
  unitsLeft: { other: '点残り（全{total}点）' },
  askingTitle: '確保しています', askingText: '一度押せば十分です。再読み込みしても問題ありません。',
  unsureText: 'まだ応答がありません。同じ1点について確認を続けます。2点目を取ることはありません。', earlyText: '一瞬早すぎました。開始と同時に自動で確認します。',
  queuedTitle: 'お席は確保されています', queuedText: '注文を記録しています。このページを閉じても結果は変わりません。',
  wonTitle: 'あなたのものです', wonText: '<left/> 以内にお支払いください。それまで、ほかの方に回ることはありません。',
  lostTitle: '確保できませんでした', lostTicket: { other: '保存前に当店の機器が停止しました。請求はありません。残り{n}点です。' },
  lostAddress: 'その住所は住所録にないため、元に戻りました。請求はありません。別の住所をお選びください。',
  lostNoAddress: 'お届け先がないため、元に戻りました。請求はありません。住所を追加してください。',
  lostLapsed: '期限までにお支払いがなく、セールに戻りました。請求はありません。', lostOther: '{why}請求はありません。',
  goneTitle: { other: '全{n}点が確保済みです' }, lateTitle: { other: '全{n}点がほかの方へ' },
  backBy: '未払い分は、遅くとも<b>{at}</b>までにここへ戻ります。', backUntilEnd: '未払い分は、<b>{at}</b>まではここへ、その後は売り場へ戻ります。',
  backHardly: '確認できた分の支払い期限は過ぎました。<b>{at}</b>までに戻った分があれば、ここに表示されます。', lateBackBy: '請求はありません。未払い分は、遅くとも<b>{at}</b>までにここへ戻ります。', lateBackUntilEnd: '請求はありません。未払い分は、<b>{at}</b>までにここへ戻ることがあります。',
  endedTitle: 'セールは終了しました', endedText: '通常価格に戻っています。', endedGone: '通常価格の分も売り切れです。',
  cancelledTitle: 'セールは中止されました', cancelledText: '確定した注文は有効です。ほかの方への請求はありません。',
  haveTitle: '確保済みです', haveOne: 'このセールはお一人様1点。ご注文に入っています。', haveSome: { other: 'ご注文に{n}点入っています。お一人様の上限です。' }, haveEnded: 'セールは終了しましたが、ご注文は有効です。',
  loginTitle: 'ログインして確保', loginText: 'ログイン後、このページに戻ります。押すまで何も確保されません。',
  waitTitle: '少しお待ちください', waitFast: { other: '押す間隔が短すぎました。<b>{n}</b>秒後に自動で戻ります。' },
  waitCrowd: { other: '申し込みが集中しています。<b>{n}</b>秒後に自動で戻ります。請求はありません。' },
  pausedTitle: 'セールを一時停止しています', pausedText: { other: 'いまは誰も確保できず、残り{n}点はそのままです。2秒ごとに確認中です。' },
  offlineTitle: '接続がありません', offlineText: '時計は最後の同期に基づいて進みます。在庫は<b>{at}</b>以降、変わっている可能性があります。', offlineWarm: '時計は最後の同期に基づいて進みます。開始時にはオンラインにしてください。',
  offlinePressed: '押した内容は保存されています。つながり次第、同じ1点を確認します。2点目を取ることはありません。',
  // price and stock
  noneYet: 'まだ確保なし', units: { other: '{n}点' }, leftOf: '残り{left}点／{total}点', claimedPercent: '{percent}確保済み', claimedFew: '{n}点確保済み',
  claimedInSeconds: { other: '{n}秒で{percent}確保済み' }, claimedInMinutes: { other: '{n}分で{percent}確保済み' }, claimedSince: '{when}から{percent}確保済み',
  heldUntil: '{at}まで確保', timeToPay: 'お支払いまでの残り時間', soldOf: '{gone}点を販売（全{total}点）', sold: { other: '{n}点を販売' }, window: '{from} – {to}',
  // the button
  remind: 'リマインドする', opensExactly: '{at}に開始', claim: '1点を確保する', claimAgain: 'もう一度確保する', claimIn: 'あと{n}秒', claiming: '処理中', waiting: '結果を待っています', pay: '{price}を支払う', seeOrder: '注文を見る',
  tellMe: '戻ったら知らせる', buyFor: '{price}で購入', seeProduct: '商品ページを見る', paused: '一時停止中', waitNetwork: '接続を待っています', waitShop: '応答を待っています',
  // small print
  oneEach: { other: 'お一人様1点。お支払いは{n}分以内。' }, someEach: 'お一人様{most}点まで。お支払いは{n}分以内。', goesTo: 'お届け先：{who} <change>変更</change>', deliveryCosts: '配送料（{name}）：{price}', deliveryFree: '配送（{name}）：無料', goesFixed: 'お届け先：{who}', noAddress: '住所がまだありません。<change>追加しておく</change>と、一度押すだけです。',
  synced: 'ショップの時計に同期（誤差{n}ミリ秒以内）', unsynced: 'ショップの時計に同期', allReady: 'ログイン済み、お届け先も設定済み。あとは一度押すだけです。',
  logIn: 'ログイン', timeLeft: '{left}', orderLink: '<order>注文を見る</order>', logInFirst: '先に<login>ログイン</login>しておくと、一度押すだけです。', makeAccount: '<join>アカウントを作成</join>（すぐに終わります）', ticket: '整理券 <code>{id}</code>', reloadFine: '再読み込みしても、ここから続きます。',
  unpaidGoes: '{at}までにお支払いがなければ、ほかの方に回ります。', unpaidShelf: '{at}までにお支払いがなければ、売り場へ戻ります。', orWithout: 'セールを待たずに買う：<buy>{price}</buy>', nextSale: '次のセール：<next>{name}</next>、{when}', yourOrders: '<orders>ご注文履歴</orders>',
  tryAgainSelf: '自動的に再試行します。', watching: '2秒ごとに確認し、戻ったらお知らせします。このページを開いておいてください。', ownsSome: { other: '{most}点のうち{n}点を確保済みです。<order>注文を見る</order>' },
  statusPaid: '支払い済み、梱包中', statusShipped: '配送中', statusCompleted: '到着済み', statusUnpaid: 'お支払い待ち',
  // said once
  sayOpen: { other: 'セールが始まりました。残り{n}点です。' }, sayWon: 'あなたのものです。{n}分以内にお支払いください。', sayQueued: 'お席は確保されています。', sayGone: 'すべて確保済みです。', sayLate: 'すべて先に確保されました。請求はありません。', sayReturned: { other: '{n}点が戻りました。' },
  sayTenMinutes: '開始まで10分です', sayOneMinute: '開始まで1分です', sayTenSeconds: 'あと10秒です', sayClosing: '終了まで1分です',
  // the address
  addressTitle: 'どこへお届けしますか？', addressClaims: '住所を保存すると、すぐに1点を確保します。', addressUse: 'この住所にする',
  // how, about
  how: 'このセールの進み方', howPress: '一度だけ押す', howPressText: 'ショップの時計で{at}ちょうど。回線が速くても一度は一度。再読み込みで順番を失うこともありません。',
  howPay: { other: '{n}分以内に支払う' }, howPayText: '「あなたのものです」と出たら記録済み。それまでは誰にも取られません。',
  howBack: '未払い分は戻る', howBackText: '未払い分はすぐセールに戻ります。「完了」でも、時計が止まるまでは終わりではありません。',
  about: 'この品について', salePrice: 'セール価格', listPrice: '通常価格', listSince: '通常価格（{date}から）', everydayPrice: '現在の価格', lowest: '過去30日の最安値', eachPerson: 'お一人様', unitsEach: { other: '{n}点' }, openFor: '開催',
  // calendar
  icsTitle: 'タイムセール：{name}', icsText: '{price}（通常{list}）。{url}', icsSaved: 'カレンダーの予定を保存しました。開始10分前に通知します。',
  // all sales
  salesTitle: 'タイムセール', running: '開催中', coming: '開催予定', past: '終了したセール', noSales: '現在、タイムセールはありません', noSalesText: '次のセールが決まり次第、ここと最初のページに表示されます。', noneOpen: '現在開催中のセールはありません。', allGoods: 'すべての商品',
  toSale: 'セールを見る', pastSale: '{when}に終了', pastOff: '中止', soldOut: 'すべて確保済み', pausedShort: '一時停止中',
};
