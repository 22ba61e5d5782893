/** Texts of the console: the live board. */
export default {
  live: '进行中', pageTitle: '实时，{title}', fullScreen: '全屏', opensIn: '距开抢', comma: '、',
  left: '剩余', claims: '请求', wonLabel: '抢到', inFlight: '处理中', of: '共 {total} 件', ofOut: { other: '共 {total} 件，约 {n} 秒售完' }, peakOf: '峰值 {n}', takenInAll: '累计 {n} 件', inFlightText: '正在写入的请求', nowWord: '最近一秒', quiet: '当前无请求', worst: '最高 {n}',
  course: '抢购走势', span: '时段', spanMinute: '1 分钟', spanFive: '5 分钟', spanQuarter: '15 分钟', second: '时间', unitsLeft: '剩余件数', leftNow: '当前 {left} 件', emptyAt: '当前 {left} 件，照此速度 {time} 售完', leftFinding: '剩余件数从 {then} 的 {from} 变为 {time} 的 {left}',
  byAnswer: '每秒请求，按结果', won: '抢到', pending: '处理中', limit: '已达限购', early: '未开放', soldout: '已抢完', busy: '繁忙，已请重试', figure: '{name} {n}', answersFinding: '每秒请求按结果，{time}：{what}', noClaims: '每秒请求按结果，{time} 没有请求',
  time: '响应时间', inMs: '毫秒，仅本进程的应答', timeFinding: '{time} 的响应时间：半数在 {p50} 毫秒内，99% 在 {p99} 毫秒内',
  books: '账目', books_exact: '账目：相符', books_unknown: '账目：清点中', books_tooMany: { other: '账目：多出 {n} 件' }, books_missing: { other: '账目：缺少 {n} 件' }, books_disagree: '账目：不符', justNow: '刚刚', secondsAgo: '{n} 秒前',
  taken: '已抢', inTheSale: '投入', sumOff: '三项合计', moving: { other: '{n} 件在途' }, checkOnce: '没有一件卖出两次', checkGate: '闸口与数据库一致，纪元 {epoch}', notNow: '目前未知', no: '否', auditClean: '限购与订单无误，审计于 {when}', auditFound: '{when} 的审计发现问题', toAudit: '查看审计',
  happened: '事件', sinceOpened: '自打开本页起',
  did_watching: '从此刻开始观察，剩 {left} 件，共 {total} 件', did_gap: { other: '有 {n} 秒未观察到' }, did_opened: { other: '开抢，{n} 件' }, did_firstWon: '第一件被抢到', did_taken: { other: '已抢 {n} 件，{share}%' }, did_soldOut: { other: '全部抢完，{n} 件' }, did_returned: { other: '退回 {n} 件' }, did_resized: '件数由 {from} 改为 {to}', did_epoch: '闸口重新装载，纪元 {epoch}', did_peak: { other: '峰值，每秒 {n} 次' }, did_busy: { other: '最后一次繁忙应答，共 {n} 次' }, did_booksBroken: '账目出现不符', did_booksAgain: '账目恢复相符',
  did_now_scheduled: '改期，稍后开抢', did_now_live: '已恢复', did_now_paused: '已暂停', did_now_ended: '已结束', did_now_cancelled: '已取消',
  state_scheduled: '抢购尚未开始', state_live: '抢购正在进行', state_paused: '抢购已暂停', state_sold_out: '已抢完', state_ended: '抢购已结束', state_cancelled: '抢购已取消',
  broken: '数据流中断。', refused: '数据流被拒绝。', figuresStand: '数字停留在最后收到的时刻。',
  rehearse: '彩排', development: '开发环境', rehearseText: '虚拟买家在独立的场次里抢购，订单事后取消。', start: '开始彩排', users: '买家数', units: '件数', rate: '每秒请求', rateHint: '留空则全部在 2 秒内到来', oneTo: '请输入 1 到 {n}', oneRuns: '已有一场彩排正在进行。',
  playing: '{users} 位买家抢 {stock} 件，始于 {time}', notPlayed: '彩排未能进行。', wasExact: '分毫不差，审计无误', wasNot: '账目不符，请看报告。', played: '{claims} 次请求抢 {stock} 件', perSecond: '每秒应答', soldOutAfter: '抢完用时', notSoldOut: '尚有剩余', millis: '{n} 毫秒', msOf: '{n} 毫秒', report: '报告',
};
