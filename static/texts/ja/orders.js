/** Texts of the orders and of one order. */
export default {
  title: '注文履歴', all: 'すべて', toPay: '支払い待ち', toShip: '発送待ち', onWay: 'お届け中', done: '完了', cancelledTab: '取消済み', refundedTab: '返金済み', tabs: '状態別の注文', earlier: '以前の注文',
  toPayWithin: '{time}以内に支払い', tagUnpaid: '期限切れ', tagPaid: '梱包中', tagShipped: 'お届け中', tagCompleted: '受け取り済み', tagCancelled: '取消済み', tagRefunded: '返金済み',
  order: '注文 {id}、{when}', orderWhy: '注文 {id}、{when}。{why}', lineOf: '{n} × {name}', moreLines: { other: 'ほか{n}種類' }, pay: '支払う', payOrder: '{sum}を支払う',
  arrived: '受け取りました', again: 'もう一度買う', cancel: '注文を取り消す', keepIt: '取り消さない', thanks: '受け取りを記録しました',
  cancelAsk: 'この注文を取り消しますか？', cancelText: '在庫はすぐに戻されます。お支払いはなく、請求もありません。', cancelSale: '確保した分はすぐにセールへ戻り、ほかの方が確保できるようになります。お支払いはなく、請求もありません。',
  cancelledBuyer: 'ご自身で取り消し、請求はありません。', cancelledUnpaid: '期限切れ、請求はありません。', cancelledAdmin: 'ショップが取り消し、請求はありません。',
  emptyTitle: 'まだ注文はありません', emptyText: 'ご購入の商品は、最初から最後までここで確認できます。', emptyTab: 'この状態の注文はありません', emptyTabText: 'すべての注文は「すべて」にあります。', toAll: 'すべての注文',
  goneTitle: 'この注文はありません', goneText: '番号が違うか、ほかのアカウントの注文です。', toOrders: '注文履歴へ',
  isUnpaid: 'お支払い待ちです', isPaid: '梱包中です', isShipped: 'お届け中です', isCompleted: 'お届け済みです', isCancelled: '取り消し済みです', isRefunded: '返金済みです',
  placedOn: '注文 {id}、{when}', stepPlaced: '注文', stepPaid: '支払い', stepShipped: '発送', stepReceived: '受け取り', stepCancelled: '取り消し', stepRefunded: '返金',
  todoPaid: 'お支払いをお待ちしています', todoShipped: 'ショップが発送します', todoReceived: '届いたらお知らせください', parcel: '追跡番号 {tracking}', progress: '進み具合',
  goesTo: 'お届け先', noAddress: '住所はありません。', paidFrom: 'ウォレットで支払い', toBePaid: 'お支払い予定', notPaid: 'お支払いはありません', backInWallet: 'ウォレットへ返金済み', transfer: '取引番号', refundTransfer: '返金の取引番号',
  wrong: 'お困りですか？', wrongText: '注文番号を添えてショップにご連絡ください。返金はウォレットに戻り、明細に記録されます。', copyId: '注文番号をコピー', print: '印刷',
  history: 'すべての記録', you: 'あなた', shop: 'ショップ', saleTag: 'タイムセール', timeOver: 'お支払いの時間が過ぎました。注文は取り消され、請求はありません。',
  hPlaced: '注文、在庫を確保', hPlacedSale: 'タイムセールで注文、在庫を確保', hPaid: 'ウォレットから{sum}を支払い', hShipped: '発送', hShippedBy: '発送、追跡番号 {tracking}', hCompleted: '受け取り', hCancelled: '取り消し、在庫を戻しました', hCancelledUnpaid: '期限切れ、在庫を戻しました', hRefunded: 'ウォレットへ{sum}を返金', hReason: '{what}：{reason}',
  againDone: 'バッグに入れました', againSome: '一部をバッグに入れました。', againNone: 'いま購入できる商品がありません。', againGone: '{name}は販売を終了しました。', againOut: '{name}は売り切れです。', againFewer: { other: '{name}は残り{n}点です。バッグに入れました。' }, seeBag: 'バッグを見る',
};
