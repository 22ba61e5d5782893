/** Texts of the console: promotions. */
export default {
  title: 'プロモーション', text: 'コードで、または自動で適用される割引です。', new: 'プロモーションを追加', newTitle: '新しいプロモーション', none: 'プロモーションはまだありません', noneText: 'プロモーションは、コードで、または自動でお買い物を割引します。',
  promotion: 'プロモーション', takesOff: '割引の内容', used: '利用', period: '期間', state: '状態', acts: '操作', bySelf: '自動で適用', usedOf: '{n} / {most}', usedN: '利用：{used}', eachN: { other: 'お一人様{n}回' },
  state_on: '有効', state_off: '停止中', state_coming: '開始前', state_ended: '終了', state_used_up: '上限に到達',
  offPart: '{part}引き', offSum: '{sum}引き', offDelivery: '送料無料', offBundle: '{buy}点購入で{get}点無料', always: '常時', from: '{from}から', to: '{to}まで', fromTo: '{from} – {to}',
  turnOff: '停止する', turnOn: '有効にする', turnOffNamed: '{name}を停止する', turnOnNamed: '{name}を有効にする', isOff: '{name}を停止しました', isOn: '{name}を有効にしました',
  remove: '削除', removeAsk: '{name}を削除しますか？', removeText: '一度でも注文で使われていれば、停止した状態で残ります。', keep: '残す', removed: '{name}を削除しました',
  what: '基本', name: '名前', nameHint: 'バッグと注文でお客様に表示されます', how: '適用のしかた', byCode: 'コードを使う', byItself: '自動で適用', code: 'コード', codeHint: '大文字と小文字は区別しません',
  kind: '種類', kind_percent: '割合', kind_amount: '金額', kind_free_shipping: '送料無料', kind_buy_x_get_y: '何点か買うと何点か無料', percent: '割引率（％）', percentHint: '対象の商品の合計に対して', amount: '割引額', amountHint: '対象の商品の合計まで', buy: '購入する点数', get: '無料の点数', getHint: '安いものから無料になります', deliveryHint: '送料がかからない場合は割引になりません。', least: '最低金額', leastHint: '全商品の最低合計額。空欄なら条件なし',
  scope: '対象', scopeHint: 'ここで絞らない限りすべてが対象です。両方を選ぶと、これらのカテゴリーにあるこれらの商品だけが対象です。', onlyShelves: '次のカテゴリーとその下だけ', onlyGoods: '次の商品だけ', addProduct: '商品を追加', removeProduct: '{name}を外す',
  when: '期間', opens: '開始', closes: '終了', opensHint: 'お使いの時刻。空欄ならすぐに開始', closesHint: 'お使いの時刻。空欄なら無期限', howOften: '回数', uses: '全体の注文数', each: 'お一人様の注文数', usesHint: '空欄なら無制限', beside: '併用', combinable: 'ほかと併用できる', combinableHint: '併用できないものは単独で適用され、最もお得なものが選ばれます。', enabled: '有効',
  needName: '名前を入力してください', longName: '128文字まで', needCode: '1〜32文字、空白なし', needPercent: '0.01から100の数を入力してください', needAmount: '0より大きい金額を入力してください', needBundle: '1から99の数を入力してください', needLeast: '金額を入力するか空欄にしてください', needShelves: 'カテゴリーを選んでください', needGoods: '商品を選んでください', tooMany: '{n}件まで', closesFirst: '開始より前に終了します', needLimit: '1以上の数を入力するか空欄にしてください',
  belowUsed: { other: 'すでに{n}件の注文で使われています' }, codeTaken: 'このコードは別のプロモーションで使われています', usedMore: 'すでにそれより多く使われています',
  make: '作成する', made: 'プロモーションを作成しました', saved: '保存しました', saveBar: '保存していない変更', discard: '変更を破棄', notYet: 'フォームにまだ直すところがあります。', noChanges: '変更なし', actsAtOnce: '保存するとすぐに反映されます。注文済みのものは変わりません。',
  leave: '保存せずに離れますか？', leaveText: '入力したプロモーションの内容はまだ保存されていません。', stay: 'とどまる', leaveAct: '離れる',
};
