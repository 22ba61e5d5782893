/** Texts of the console: users and audit log. */
export default {
  users: 'ユーザー', search: '名前・メール', name: '名前', email: 'メール', role: '役割', status: '状態', since: '登録日', id: '番号', unproven: '未確認', userNo: 'ユーザー {id}',
  admin: '管理者', customer: '購入者', active: '有効', banned: '停止中', noUsers: '該当するユーザーはいません', noUsersText: 'ユーザー名、ニックネーム、メールのいずれにも含まれていません。',
  topUp: '入金する', topUpAsk: '{name}のウォレットに入金しますか？', topUpText: '金額はすぐに反映され、理由とともに明細と監査ログに残ります。', amount: '金額', amountBad: '0より大きい金額を入力してください', reasonNeeded: '理由を入力してください', topUpSum: '{sum}を入金', toppedUp: '{sum}を入金しました。残高は{balance}です',
  ban: '停止する', banAsk: '{name}を停止しますか？', banText: 'このユーザーのログインは5秒以内にすべて終了し、再ログインもできなくなります。注文はそのまま有効です。停止はいつでも解除できます。', banReasonHint: '監査ログに残ります。任意。', bannedToast: '{name}を停止しました',
  unban: '停止を解除', unbanAsk: '{name}の停止を解除しますか？', unbanText: 'すぐに再びログインできるようになります。', unbannedToast: '{name}は再びログインできます',
  makeAdmin: '管理者にする', makeAdminAsk: '{name}を管理者にしますか？', makeAdminText: '管理者はすべての注文とユーザーを見て、価格や在庫を変え、お金を動かせます。5秒以内に反映されます。', isAdminNow: '{name}は管理者になりました',
  makeCustomer: '購入者にする', makeCustomerAsk: '{name}の管理権限を外しますか？', makeCustomerText: '購入者として残り、注文とウォレットはそのままです。5秒以内に反映されます。', isCustomerNow: '{name}は購入者になりました',
  yourself: 'ご自身のアカウントです。コンソールに入れなくなるのを防ぐため、自分を停止・降格することはできません。', orders: '注文', noOrders: 'まだ注文はありません。',
  log: '監査ログ', logText: '管理者の操作を新しい順に表示します。ここでは何も変更できません。', who: '操作者', what: '操作', toWhat: '対象', noLog: 'まだ記録はありません', noLogText: '管理者の操作はすべてここに記録されます。',
  // acts and their targets
  act_user_ban: 'ユーザーを停止', act_user_unban: '停止を解除', act_user_role: '役割を変更', act_user_top_up: 'ウォレットに入金', act_user_create: '管理者を作成', act_admin_create: '管理者を作成',
  act_order_ship: '注文を発送', act_order_refund: '注文を返金', act_order_seed: 'デモの注文を作成', act_sale_create: 'セールを予約', act_sale_change: 'セールを変更', act_sale_pause: 'セールを一時停止',
  act_sale_resume: 'セールを再開', act_sale_cancel: 'セールを中止', act_category_create: 'カテゴリーを作成', act_category_update: 'カテゴリーを変更', act_category_delete: 'カテゴリーを削除',
  act_carousel_create: 'スライドを追加', act_carousel_update: 'スライドを変更', act_carousel_delete: 'スライドを削除', act_product_create: '商品を作成', act_product_update: '商品を変更',
  act_product_off_sale: '商品を販売終了', act_product_images: '画像を変更', act_product_import: '商品を取り込み', act_product_seed: 'デモの商品を作成', act_sku_stock: '在庫を調整',
  act_webhook_create: 'Webhookを追加', act_webhook_enable: 'Webhookを有効化', act_webhook_delete: 'Webhookを削除', act_webhook_replay: '配信を再送', act_webhook_switch_off: 'Webhookを停止',
  act_job_retry: 'ジョブを再試行', act_audit_start: '監査を実行', act_audit_run: '監査を実行', act_user_seed: 'デモのユーザーを作成',
  kind_user: 'ユーザー', kind_order: '注文', kind_sale: 'セール', kind_product: '商品', kind_category: 'カテゴリー', kind_carousel: 'スライド', kind_webhook: 'Webhook', act_delivery_method_create: '配送方法を追加', act_delivery_method_update: '配送方法を変更', act_delivery_method_delete: '配送方法を削除', kind_delivery_method: '配送方法',
  kind_job: 'ジョブ',
  kind_sku: '種類', kind_catalogue: 'カタログ', kind_shop: 'ショップ',
};
