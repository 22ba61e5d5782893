/** Texts of the console: the live board. */
export default {
  live: '販売中', pageTitle: 'ライブ、{title}', fullScreen: '全画面', opensIn: '開始まで', comma: '、',
  left: '残り', claims: 'リクエスト', wonLabel: '確保', inFlight: '処理中', of: '全{total}点', ofOut: { other: '全{total}点、あと約{n}秒' }, peakOf: '最大 {n}', takenInAll: '累計 {n}点', inFlightText: '書き込み中のリクエスト', nowWord: '直近1秒', quiet: '現在リクエストなし', worst: '最長 {n}',
  course: 'セールの推移', span: '表示する時間', spanMinute: '1分', spanFive: '5分', spanQuarter: '15分', second: '時刻', unitsLeft: '残り点数', leftNow: '現在{left}点', emptyAt: '現在{left}点。この速さなら{time}に完売', leftFinding: '残りは{then}の{from}点から{time}の{left}点になりました',
  byAnswer: '毎秒のリクエスト（結果別）', won: '確保', pending: '処理中', limit: '上限済み', early: '受付外', soldout: '完了後', busy: '混雑、再試行を案内', figure: '{name}{n}', answersFinding: '結果別の毎秒リクエスト、{time}：{what}', noClaims: '結果別の毎秒リクエスト、{time}はなし',
  time: '応答時間', inMs: 'ミリ秒、このプロセスの応答', timeFinding: '{time}の応答時間：半数が{p50}ミリ秒以内、99％が{p99}ミリ秒以内',
  books: '帳簿', books_exact: '帳簿：一致', books_unknown: '帳簿：集計中', books_tooMany: { other: '帳簿：{n}点多い' }, books_missing: { other: '帳簿：{n}点不足' }, books_disagree: '帳簿：不一致', justNow: 'たった今', secondsAgo: '{n}秒前',
  taken: '確保済み', inTheSale: 'セール分', sumOff: '3つの合計', moving: { other: '{n}点が移動中' }, checkOnce: '二重に売れた品はなし', checkGate: 'ゲートとDBが一致、エポック{epoch}', notNow: '現在は不明', no: 'いいえ', auditClean: '上限と注文は正常、監査{when}', auditFound: '{when}の監査で問題が見つかりました', toAudit: '監査を見る',
  happened: 'できごと', sinceOpened: 'このページを開いてから',
  did_watching: 'ここから観察、残り{left}点／{total}点', did_gap: { other: '{n}秒間は観察できず' }, did_opened: { other: '開始、{n}点' }, did_firstWon: '最初の1点を確保', did_taken: { other: '{n}点を確保、{share}％' }, did_soldOut: { other: 'すべて確保、{n}点' }, did_returned: { other: '{n}点が戻りました' }, did_resized: '点数を{from}から{to}に変更', did_epoch: 'ゲートを再準備、エポック{epoch}', did_peak: { other: '最大 毎秒{n}件' }, did_busy: { other: '混雑応答が終了、計{n}件' }, did_booksBroken: '帳簿が一致しなくなりました', did_booksAgain: '帳簿が再び一致',
  did_now_scheduled: '延期、のちほど開始', did_now_live: '再開', did_now_paused: '一時停止', did_now_ended: '終了', did_now_cancelled: '中止',
  state_scheduled: 'セールはまだ始まっていません', state_live: 'セールは受付中です', state_paused: 'セールは一時停止中です', state_sold_out: 'すべて確保されました', state_ended: 'セールは終了しました', state_cancelled: 'セールは中止されました',
  broken: '配信が途切れました。', refused: '配信が拒否されました。', figuresStand: '数字は最後に受け取った時点のものです。',
  rehearse: 'リハーサル', development: '開発環境', rehearseText: '架空の買い物客が専用のセールで取り合います。注文は後で取り消されます。', start: 'リハーサル開始', users: '買い物客', units: '点数', rate: '毎秒のリクエスト', rateHint: '空欄なら全員が2秒以内に来ます', oneTo: '1から{n}の数を入力してください', oneRuns: 'リハーサルがすでに進行中です。',
  playing: '{users}人が{stock}点を取り合い中、{time}から', notPlayed: '実行できませんでした。', wasExact: '一致し、監査も正常です', wasNot: '一致しません。レポートを確認してください。', played: '{stock}点に{claims}件のリクエスト', perSecond: '毎秒の応答', soldOutAfter: '完売まで', notSoldOut: '残りがありました', millis: '{n}ミリ秒', msOf: '{n}ミリ秒', report: 'レポート',
};
