/** Texts of the console: flash sales. */
export default {
  title: 'タイムセール', new: 'セールを追加', newTitle: '新しいタイムセール', none: 'タイムセールはまだありません', noneText: '商品、価格、時間を選んでください。点数はすぐに棚から移され、開始を待ちます。',
  groupRunning: '開催中', groupComing: '開催予定', groupPast: '終了', sale: 'セール', price: '価格', units: '点数', windowHead: '期間', state: '状態', window: '{from} – {to}', leftOf: '残り（全{total}点）', board: 'ライブ', again: 'もう一度開催', itsOrders: 'このセールの注文',
  live: '開催中', scheduled: '予定', paused: '一時停止中', sold_out: '完了', ended: '終了', cancelled: '中止',
  pause: '一時停止', resume: '再開', cancel: 'セールを中止', keep: 'セールを続ける', cancelAsk: 'このセールを完全に中止しますか？', cancelText: '以後は誰も確保できません。{taken}は注文済みで、そのまま有効です。{left}は棚に戻ります。取り消しはできません。', cancelTextNone: '以後は誰も確保できません。まだ誰も確保していません。{left}は棚に戻ります。取り消しはできません。',
  pausedToast: 'セールを一時停止しました。再開まで販売されません', resumedToast: 'セールを再開しました', cancelledToast: 'セールを中止しました', scheduledToast: 'セールを予約しました', savedToast: '保存しました', actsNow: '保存しました。すでに反映されています。',
  isEnded: 'このセールは終了し、変更できません。確保されなかった点数は棚に戻りました。', isCancelled: 'このセールは中止され、変更できません。注文は有効です。',
  what: '何を売るか', goods: '商品と種類', goodsFixed: 'セールの商品は変更できません。', change: '変更', searchGoods: '商品を検索', noGoods: '該当する販売中の商品はありません。', nowPrice: '現在{price}', comma: '、',
  headline: '見出し', salePrice: 'セール価格', eachPerson: 'お一人様', eachHint: '同時に持てる最大数', priceHint: '通常価格まで', noReduction: '通常価格のままです', offList: '通常価格より{a}％安い', offBoth: '通常価格より{a}％、現在より{b}％安い',
  room: { other: '在庫{n}点' }, roomSale: { other: '在庫を含めて{n}点まで' },
  needGoods: '商品を選んでください', needTitle: '見出しを入力してください', longTitle: '128文字まで', needPrice: '0より大きい価格を入力してください', abovePrice: '通常価格{price}を超えています', needUnits: '1以上の数を入力してください', onlyStock: { other: '在庫は{n}点' }, onlySo: { other: '在庫を含めて{n}点しかありません' }, belowTaken: { other: 'すでに{n}点が確保されています' }, needLimit: '1から99の数を入力してください', needTime: '日付と時刻を入力してください', closesFirst: '開始より前に終了します', closesPast: '過ぎた時刻です',
  when: 'いつ', zone: 'お使いの時刻、{zone}', opens: '開始', closes: '終了', begun: '開始済みのため変更できません', opensNow: '過ぎた時刻です。保存するとすぐに始まります', way: 'セールの流れ', clockNow: 'ショップの時計では {time} です。',
  saved: '保存済み', saving: '保存すると', stepSaved: '点数を棚から移しました', stepSave: '点数を棚から移す', stepLoad: 'ゲート準備', stepOpen: '開始', stepClose: '終了、残りは棚へ戻る',
  origin: '値引きの根拠は買い物客に表示されます。価格履歴から取り、手入力はできません。', originList: '通常価格{list}が買い物客に表示されます。商品から取り、ここでは入力できません。', originSince: '価格の根拠は買い物客に表示されます：{list}（{since}から）。価格履歴から取り、手入力はできません。', originBoth: '価格の根拠は買い物客に表示されます：通常価格{list}（{since}から）、過去30日の最安値{lowest}。価格履歴から取り、手入力はできません。',
  sold: '販売', unitsSold: { other: '{n}点を販売' },
  preview: '買い物客に見える姿', noTime: '時刻は未定', opensAt: '{when}開始', closesAt: '{time}終了', desk_live: '受付中', desk_paused: '一時停止中', desk_sold_out: '完了', desk_ended: 'セールは終了しました', desk_cancelled: 'ショップが中止しました', ofLeft: '点残り（全{total}点）', unitsN: { other: '{n}点' }, takenN: { other: '{n}点確保済み' }, noneTaken: 'まだ受付前', remind: 'リマインドする', claim: '1点を確保する', each: { other: 'お一人様{n}点まで。お支払いは15分以内。' }, byClock: 'ショップの時計が基準です',
  saveBar: '保存していない変更', schedule: 'セールを予約', discard: '変更を破棄', notYet: 'フォームにまだ直すところがあります。', takesStock: '予約すると、点数はすぐに棚から移されます。', noChanges: '変更なし', changesN: { other: '変更{n}件' }, changesNow: { other: '変更{n}件、すぐに反映されます' },
};
