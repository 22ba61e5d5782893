/** Texts of the console: orders and one order. */
export default {
  title: '注文', byStatus: '状態ごとの注文', order: '注文', shopper: '購入者', state: '状態', total: '合計', placed: '注文日時', id: '番号',
  unpaid: '未払い', paid: '発送待ち', shipped: '発送済み', completed: '到着済み', refunded: '返金済み', cancelled: '取消済み',
  tab_unpaid: '未払い', tab_paid: '発送待ち', tab_shipped: '発送済み', tab_completed: '到着済み', tab_refunded: '返金済み', tab_cancelled: '取消済み',
  search: '注文番号・ユーザー', searchFailed: '検索の応答がありませんでした。', whichUser: 'どなたですか', nobody: '該当するユーザーも注文番号もありません。',
  widen: 'すべて表示に戻す', ofSale: 'セール {id}', fromSale: 'タイムセールの注文', things: { other: '{n}点' }, andMore: { other: '{name} ほか{n}種' },
  noneTitle: '注文はありません', noneText: 'この状態の注文が入ると、ここに表示されます。', noneFound: '絞り込みに合う注文はありません。',
  payBy: '{when}まで支払いを待ちます。過ぎると自動で取り消され、在庫は戻ります。',
  goesTo: 'お届け先', tracking: '送り状番号', inSale: 'タイムセール', saleNo: 'セール {id}', reason: '取消の理由',
  why_buyer: '購入者による取消', why_unpaid: '期限までの支払いなし', why_admin: 'ショップによる取消',
  did_unpaid: '注文', did_paid: '支払い', did_shipped: '発送', did_completed: '到着', did_refunded: '返金', did_cancelled: '取消',
  history: 'できごと', by_buyer: '購入者', by_admin: '管理者', by_system: '自動',
  ship: '発送する', shipAsk: 'この注文を発送しましたか？', shipText: '購入者に発送が通知されます。発送後は返金できません。', shippedToast: '注文 {id} を発送しました',
  refund: '返金する', refundAsk: '{sum}を返金しますか？', refundText: '{sum}がすぐにウォレットへ戻ります。ユーザー：', refundSum: '{sum}を返金', keep: '注文を残す',
  restock: { other: 'この{n}点をどうしますか？' }, restockYes: '棚に戻す', restockSale: 'セール中ならセールへ、そうでなければ棚に戻す', restockNo: '在庫に戻さない',
  reasonHint: '注文の履歴に残ります。任意。', refundedToast: '{sum}を返金しました',
  promotion: 'プロモーション', shipping: '送料', deliveryCosts: '{name}、{price}', tax: 'うち税額',
};
