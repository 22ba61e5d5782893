/** Texts of the console: delivery methods. */
export default {
  title: '配送', text: '注文の届け方と料金です。配送方法がある場合、対応する国・地域の注文だけを受け付けます。', new: '配送方法を追加', newTitle: '新しい配送方法',
  none: '配送方法はまだありません', noneText: '今は送料無料で、どこへでも注文できます。変えるには配送方法を追加してください。', allOff: 'すべての配送方法が停止中のため、注文を受け付けられません。どれかを有効にするか、すべて削除してください。',
  method: '配送方法', price: '料金', freeFrom: '送料無料の金額', countries: '国・地域', state: '状態', acts: '操作', free: '無料', never: 'なし', freeFromSum: '{sum}以上で無料', everywhere: 'すべて', andMore: '{names}、ほか{n}件', on: '利用可', off: '停止中',
  turnOff: '停止', turnOn: '有効にする', turnOffNamed: '{name}を停止', turnOnNamed: '{name}を有効にする', isOff: '{name}を停止しました', isOn: '{name}を有効にしました',
  edit: '編集', editNamed: '{name}を編集', remove: '削除', removeNamed: '{name}を削除', removeAsk: '{name}を削除しますか？', removeText: '購入者は選べなくなります。この方法で受けた注文は変わりません。', keep: '残す', removed: '{name}を削除しました',
  name: '名前', nameHint: 'ご注文手続きと注文の画面に表示されます', priceHint: '0は無料', freeFromHint: '割引後の商品金額。空欄なら無料になりません', onlySome: '一部の国・地域のみ', country: '国・地域', addCountry: '追加', chooseCountry: '選択', removeCountry: '{country}を外す',
  enabled: '利用できる', keepsOld: 'すぐに反映されます。注文済みの配送は変わりません。', added: '{name}を追加しました', changed: '{name}を保存しました',
  needName: '名前を入力してください', longName: '64文字まで', needPrice: '金額か0を入力してください', needFreeFrom: '金額を入力するか空欄にしてください', needCountry: '国・地域を追加してください',
};
