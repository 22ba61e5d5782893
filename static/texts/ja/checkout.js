/** Texts of bag and checkout. */
export default {
  // bag
  bagTitle: 'バッグ', summary: '合計', delivery: '送料', free: '無料', total: 'お支払い合計', checkOut: 'ご購入手続きへ', goods: '商品',
  heldOnce: '注文確定で在庫を確保し、15分以内にお支払いいただきます。', guestBag: 'バッグはこの端末に保存され、ログインすると引き継がれます。',
  nothingCounts: 'いま購入できる商品がありません。', times: '{price} × {n}', timesOnly: '× {n}',
  emptyTitle: 'まだ何も入っていません', emptyText: 'バッグに入れた商品は、購入するか取り出すまでここに残ります。', emptyGuest: 'バッグに入れた商品はこの端末に残り、ログインすると引き継がれます。',
  emptyCheckout: 'バッグは空で、お支払い待ちの注文もありません。',
  priceChanged: '<b>価格が変わった商品があります。</b>{name}は{from}から{to}になりました。新しい価格が適用されます。',
  pricesChanged: { other: '<b>{n}点の商品の価格が変わりました。</b>新しい価格が適用されます。' },
  priceTag: '価格変更：{from} → {to}',
  soldOutOne: '<b>{name}は売り切れました。</b>バッグには残りますが、合計には含まれません。', soldOutMany: { other: '<b>{n}種類の商品が売り切れました。</b>バッグには残りますが、合計には含まれません。' },
  fewer: { other: '<b>{name}は残り{n}点です。</b>バッグには{wanted}点あるため、まだ合計に含まれません。' },
  offSale: { other: '<b>{n}種類の商品が店頭から下げられました。</b>合計には含まれません。' },
  lineSoldOut: 'バッグに入っている間に売り切れました。合計には含まれません。', lineFewer: { other: '残り{n}点です。まだ合計に含まれません。' }, lineOffSale: '販売を終了しました。合計には含まれません。',
  takeLeft: { other: '残りの{n}点にする' }, toFavourites: 'お気に入りへ移す', removed: '{name}をバッグから出しました', notBack: '戻せませんでした。ショップから応答がありません。', lineFailed: '変更できませんでした。{why}',
  // checkout
  title: 'ご購入手続き', onlyOnce: '二重払いは起きません。もう一度押しても同じ結果が返るだけです。', where: 'お届け先', payFrom: 'ウォレットで支払う', yourOrder: 'ご注文内容', place: '注文を確定する',
  noAddress: 'お届け先がまだありません。ここで最初の住所を入力してください。', addressFirst: '先に住所を保存するか、選んでください。', addressGone: 'この住所はもう登録されていません。別の住所を選んでください。注文はまだです。', addressLine: '{name}、{address}',
  placeUnknown: 'ショップから応答がなく、注文できたかまだ分かりません。もう一度押してください。二重に注文されることはありません。', busyNothing: '混み合っています。注文もお支払いもまだです。ボタンは自動で戻ります。',
  tooManyOpen: 'お支払い待ちの注文が多すぎます。注文はまだです。<a>先に支払うか、取り消してください</a>', sessionOver: 'ログインが切れました。内容は失われていません。<a>ログインして続ける</a>', notSaved: 'ショップから応答がありません。もう一度お試しください。',
  outSoldOut: '<b>{name}は売り切れました。</b>バッグに残し、この注文には含めません。', nowSoldOut: '<b>{name}は売り切れました。</b>注文はまだです。',
  outFewer: { other: '<b>{name}は残り{n}点です。</b>バッグには{wanted}点あります。残りの数に変えない限り、この注文には含めません。' },
  nowFewer: { other: '<b>{name}は残り{n}点です。</b>ご希望は{wanted}点でした。注文はまだです。' },
  outOffSale: '<b>{name}は販売を終了しました。</b>この注文には含めません。', nowOffSale: '<b>{name}は販売を終了しました。</b>注文はまだです。', changeBag: 'バッグを変更', chooseOther: 'ほかを選ぶ',
  // payment
  placed: '注文 {id} を受け付けました。在庫は{time}まで確保されています。', placedOnly: '注文 {id} を受け付けました。', balance: '残高', balanceHidden: 'PINの入力で表示', thisOrder: 'この注文', afterwards: 'お支払い後', missing: '不足額',
  timeToPay: 'お支払いまでの残り時間', timeLeft: 'お支払いまで残り{time}', until: '{time}まで', pin: '決済PIN', pinFirst: '先にPINを入力してください。6〜32文字です。', badPin: 'PINが違います。お支払いはまだです。5回間違えると15分間お休みします。',
  pinRests: 'PINの間違いが続きました。お支払いはまだです。{time}後に再試行できます。', pay: '{sum}を支払う', paying: 'お支払い中', seeBalance: '残高を見る', paid: '{sum}を支払いました', paidBefore: 'この注文は支払い済みです。二重払いはありません。',
  payUnknown: 'ショップから応答がなく、お支払いできたかまだ分かりません。もう一度押してください。二重払いは起きません。', lookUnknown: 'ショップから応答がありません。もう一度確認してください。',
  short: '<b>残高が{sum}足りません。</b>お支払いはまだです。注文は{time}まで確保されています。チャージするか、商品を減らして注文し直してください。', toppedUp: 'チャージ済み、再確認する',
  expired: 'お支払いの時間が過ぎ、在庫は戻されました。お支払いはなく、請求もありません。', seeOrder: '注文を見る',
};
