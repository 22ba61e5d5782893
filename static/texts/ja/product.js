export default {
  // 購入欄、画像、説明
  gallery: '画像', pictureN: '画像{n}', pictureOf: '{name}、画像{n}', enlarge: '拡大', zoomIn: '大きく', zoomOut: '小さく',
  chooseOther: '売り切れです。ほかの種類をお選びください。', allSoldOut: 'ただいま売り切れです。お気に入りに残しておけます。',
  since: '通常価格は{date}までの販売価格です。', lowest: 'それ以前の30日間の最安値：{price}',
  assureHold: '注文後15分間、お支払いのあいだ在庫を確保します。', assureOnce: '二度押しても、二度買うことはありません。', assureBooks: 'お支払いはすべて明細に、1セントまで記録されます。',
  about: 'この品について', variantStock: '<b>{name}</b>、{stock}', lookedAt: '閲覧数', times: { other: '{n}回' }, beside: 'よく似合うもの',
  inSale: 'タイムセール、{when}：{price}', inSaleOf: 'タイムセール、{when}：{name} {price}',
  share: '共有',
  // よくある項目名。それ以外はお店の表記のまま
  optionColour: '色', optionColor: '色', optionSize: 'サイズ', optionLength: '長さ', optionWidth: '幅', optionHeight: '高さ', optionWeight: '重さ',
  optionMaterial: '素材', optionFinish: '仕上げ', optionLeather: '革の色', optionPack: '入り数', optionPieces: '点数', optionSwitch: 'スイッチ', optionMount: 'マウント',
  optionFrame: 'フレーム', optionSleeps: '定員', optionStems: '本数', optionCapacity: '容量', optionStyle: 'スタイル', optionModel: '型番', optionVariant: '種類',
};
