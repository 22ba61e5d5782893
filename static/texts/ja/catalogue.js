export default {
  // card, price, stock
  priceNow: '現在の価格', listPrice: '通常価格', soldOut: '売り切れ', notSold: '販売終了', onlyLeft: { other: '残り{n}点' }, off: '−{n}%', things: { other: '{n}点' },
  inStock: { other: '在庫{n}点' }, soldOutLow: '売り切れ', from: '{price}から',
  likeNamed: 'お気に入り：{name}', liked: 'お気に入りに追加しました', unliked: 'お気に入りから外しました', likeFailed: 'お気に入りは変わっていません。応答がありませんでした。',
  // home
  homeTitle: 'ホーム', highlights: '注目', slideLead: '{name}。{title}。', slideOf: '{total}枚中{n}枚目', pause: '一時停止', play: '再生', seeIt: '見てみる', lookInside: '見てまわる',
  saleAt: 'タイムセール、{when}', saleNow: 'タイムセール、受付中', toSale: 'セールを見る', leftOf: '残り{left}点／{total}点', unitsLeft: '点残り（全{total}点）', claimed: '確保済み', salePaused: 'タイムセール、一時停止中', saleGone: 'タイムセール、全点確保済み',
  categories: 'カテゴリー', popular: '今週の人気', recent: '最近見た商品', storyMore: { other: '{category}の{n}点を見る' },
  creed: '一点は、一度だけ売る。<br/>確定した注文は、必ず守る。<br/>コマンド一つで証明できます。',
  creedText: '同じ照合が、カウンターの裏で一日中動いています。入った数、出た数、残った数。三つは必ず一致します。',
  // product
  quantity: '数量', less: '1つ減らす', moreOne: '1つ増やす', onlySo: { other: '在庫は{n}点です。' },
  addToBag: 'バッグに入れる', buyNow: '今すぐ購入', inBag: 'バッグに入れました', toBag: 'バッグを見る',
};
