/** Texts of the console: webhooks. */
export default {
  title: 'Webhook', text: '注文に動きがあると知らせるアドレスです。配信にはすべて署名が付きます。', add: 'Webhookを追加', addTitle: 'どこに知らせますか？',
  address: 'アドレス', addressHint: 'ご自身のサーバーの http または https', badUrl: 'https://example.com/hook のようなアドレスを入力してください', events: 'イベント', oneEvent: '1つ以上選んでください', lastAnswer: '最後の応答', acts: '操作',
  everything: 'すべて', order_placed: '注文', order_paid: '支払い', order_cancelled: '取消', order_shipped: '発送', order_completed: '到着', order_refunded: '返金',
  since: '{when}に追加', never: 'まだ配信なし', off: '停止中', offSince: '{when}から', failing: '{when}から失敗', taken: '受信済み', noAnswer: '応答なし', waiting: '配信中',
  enable: '有効にする', enabled: 'これから再び知らせます', deliveries: '配信', deleteNamed: '{url}を削除', delete: '削除', keep: '残す', deleteAsk: 'このWebhookを削除しますか？', deleteText: '{url}には、配信中のものも含めて何も届かなくなります。', deleted: 'Webhookを削除しました',
  none: '知らせる先はまだありません', noneText: '会計や配送など、注文の動きを知りたいサーバーのアドレスを追加してください。',
  secretTitle: 'この秘密鍵を保管してください', secretText: '受信側は、これで各配信の署名を確かめます。表示は今回限りです。失くした場合は、削除して追加し直してください。', secretKept: '安全な場所に保管しました', secretDone: '完了',
  event: 'イベント', answer: '応答', replay: '再送する', replayed: 'もう一度送信しました', lookAgain: '更新', attempts: { other: '{n}回試行' }, noDeliveries: 'まだ何も送信していません', noDeliveriesText: '次の注文の動きがここに表示されます。',
};
