/** Texts of the console: jobs. */
export default {
  title: 'ジョブ', text: 'カウンターの裏側の仕事です：メール、Webhook、在庫の返却。終わったものは一覧から消えます。', lookAgain: '更新', byState: '状態ごとのジョブ', tabWaiting: '待機中', tabParked: '断念',
  job: 'ジョブ', state: '状態', due: '実行予定', givenUp: '断念した日時', attempts: '試行回数', acts: '操作', since: '{when}から', waiting: '待機中', running: '実行中', parked: '断念', retry: '再試行', retried: 'ジョブ {id} を再試行しています',
  kind_mail_order: '注文のメール', kind_mail_proof: 'コードのメール', kind_mail_webhook_off: 'Webhook停止のメール', kind_webhook_event: 'Webhookのイベント', kind_webhook_delivery: 'Webhookへの配信', kind_sale_give: 'セールへの在庫返却',
  noneWaiting: '待機中のジョブはありません', noneWaitingText: 'すべて終わっています。', noneParked: '断念したジョブはありません', noneParkedText: '何度も失敗したジョブはここで止まり、対応を待ちます。',
};
