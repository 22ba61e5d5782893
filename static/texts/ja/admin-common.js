export default {
  console: 'コンソール', menu: 'メニュー', jump: '検索・移動', toShop: 'ショップへ',
  overview: '概要', liveSale: 'ライブ', orders: '注文',
  shelves: '売り場', products: '商品', categories: 'カテゴリー', carousel: 'カルーセル', sales: 'タイムセール', promotions: 'プロモーション', delivery: '配送', import: '取り込み',
  people: '人と記録', users: 'ユーザー', audit: '監査ログ', webhooks: 'Webhook', jobs: 'ジョブ',
  shownOf: '{total}件中 {n}件', shownMore: { other: '{n}件を表示中' }, shownAll: { other: '全{n}件' },
  commandLine: 'コマンドライン', reason: '理由', when: '日時',
  unsaved: '保存していない変更があります。ページを離れますか？', actsAtOnce: 'すぐに反映されます',
  nothing: 'まだ何もありません', all: 'すべて', none: 'なし', yes: 'はい', no: 'いいえ', search: '検索', apply: '適用',
  asTable: '表で見る', asChart: 'グラフで見る', at: '日時',
};
