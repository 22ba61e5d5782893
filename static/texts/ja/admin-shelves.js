/** Texts of the console: categories, carousel. */
export default {
  categories: 'カテゴリー', newCategory: 'カテゴリーを追加', treeHint: '別のカテゴリーにドラッグするか、つまみを選択します。右矢印で上の項目の下へ、左矢印で外へ。', count: { other: '{n}カテゴリー' }, products: { other: '商品{n}件' },
  grip: '{name}を移動', addBelow: '{name}の下に追加', add: '下に追加', edit: '編集', editOf: '{name}を編集', remove: '削除', removeOf: '{name}を削除', topLevel: '最上位', dropTop: 'ここにドロップで最上位へ',
  movedBelow: '{name}を{parent}の下に移しました', movedTop: '{name}を最上位に移しました',
  name: '名前', parent: '親カテゴリー', in: '名前（{language}）', inHint: '空欄は{language}で表示されます', nameNeeded: '名前を入力してください', added: '{name}を追加しました', changed: '{name}を保存しました', save: '保存',
  removeTitle: '{name}を削除しますか？', removeText: '買い物客には表示されなくなります。ほかは変わりません。', keep: '残す', removed: '{name}を削除しました',
  notEmpty: '{name}は空ではないため、残しました。', notEmptyGoods: { other: 'このカテゴリーと下位に、非表示を含め商品が{n}件あります。' }, notEmptyBelow: { other: 'すぐ下にカテゴリーが{n}件あります。' }, moveFirst: '先にほかのカテゴリーへ移してください。', showGoods: '商品を見る',
  noneTitle: 'カテゴリーはまだありません', noneText: '商品はカテゴリーに並びます。最初のものを追加してください。',
  carousel: 'カルーセル', newSlide: 'スライドを追加', slidesHint: 'ホームページと同じ表示。追加した順に並びます', slideN: '{total}枚中{n}枚目', room: '文字の領域', roomHint: '文字は線の左側に置かれます。画像は枠に合わせて切り取られ、中央が残ります。', wide: '広い画面', phone: 'スマートフォン', leads: 'リンク先', nowhere: 'リンクなし',
  title: 'タイトル', titleIn: 'タイトル（{language}）', titleNeeded: 'タイトルを入力してください', picture: '画像', pictureNeeded: '画像が必要です', pictureHint: '幅1200ピクセル以上を推奨、8 MBまで', choosePicture: '画像を選ぶ', pictureStays: '画像は変更できません。別の画像にするには、新しく追加してこのスライドを削除します。',
  product: '商品', noProduct: '商品なし', findProduct: '商品を探す', choose: '選択', change: '変更', noMatch: '一致する商品はありません', slideAdded: 'スライドを追加しました', slideSaved: 'スライドを保存しました', removeSlide: '「{title}」を削除しますか？', removeSlideText: 'ホームページからすぐに消えます。', slideRemoved: 'スライドを削除しました', editSlide: '{n}枚目を編集', removeSlideOf: '{n}枚目を削除',
  noSlides: 'スライドはまだありません', noSlidesText: '追加するまで、ホームページはカテゴリーから始まります。', seeIt: '見てみる',
};
