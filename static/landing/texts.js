// The words of the landing page. index.html carries the English ones too, for browsers without scripts.

export const LANGUAGES = ["en", "zh", "ja"];

/** BCP 47 tags for `lang` attributes and Intl. */
export const TAGS = { en: "en", zh: "zh-Hans", ja: "ja" };

const en = {
  pageTitle: "Stampede – a shop backend that survives the stampede",
  skip: "Skip to the goods", developer: "Developer", language: "Language",
  docs: "API docs", mailbox: "Mailbox", health: "Health",
  tagline: "A shop backend that survives the stampede",
  pitch: "Users, catalogue, orders, wallet payments and flash sales in one Rust binary. It never sells a unit twice, never loses an order it has confirmed, and can prove both with one command.",
  readDocs: "Read the API docs", seeGoods: "See the goods",
  logins: "Demo log-ins", user: "User", password: "Password", pin: "Payment PIN",
  mailNote: "Mail the shop sends:", devMailbox: "development mailbox",
  highlights: "Highlights", previous: "Previous", next: "Next", pause: "Pause",
  slide: (n, of) => `${n} of ${of}`,
  goods: "The goods", search: "Search the goods", searchHint: "Sofa, camera, cactus …",
  categories: "Categories", all: "All", more: "Show more", loading: "Loading the goods …",
  count: (n, shown) => (n === 1 ? "1 product" : `${shown} products`),
  found: (n, shown, q) => `${n === 1 ? "1 product" : `${shown} products`} for “${q}”`,
  nothing: (q) => `Nothing matches “${q}”.`, empty: "There is nothing on these shelves yet.",
  showAll: "Show all goods", failed: "The shop did not answer. It may be starting or busy.", retry: "Try again",
  soldOut: "Sold out", fewLeft: (n) => `Only ${n} left`, left: (n) => `${n} in stock`,
  was: "Before", now: "Now", off: (percent) => `−${percent}`,
  variant: "Variant", price: "Price", stock: "Stock", close: "Close", standard: "Standard", picture: (n) => `Picture ${n}`,
  tryIt: "Try it from a terminal", copy: "Copy", copied: "Copied",
  curlSearch: "Search in any of three languages", curlLogin: "Log in and keep the token",
  curlMoney: "Ask for the balance of the wallet", curlRegister: "Register a shopper of your own",
  photoNote: "Goods and prices are invented. Photographs from Unsplash, see static/demo/LICENSES.md.",
};

const zh = {
  pageTitle: "Stampede – 扛得住抢购狂潮的商城后端",
  skip: "跳到商品", developer: "开发者", language: "语言",
  docs: "API 文档", mailbox: "邮箱", health: "健康状态",
  tagline: "扛得住抢购狂潮的\u200b商城后端",
  pitch: "用户、商品、订单、钱包支付与限时抢购，尽在一个 Rust 程序。绝不超卖一件，绝不丢失一张已确认的订单，而且一条命令就能证明。",
  readDocs: "阅读 API 文档", seeGoods: "浏览商品",
  logins: "演示账号", user: "用户名", password: "密码", pin: "支付密码",
  mailNote: "商城发出的邮件都在：", devMailbox: "开发邮箱",
  highlights: "精选", previous: "上一张", next: "下一张", pause: "暂停",
  slide: (n, of) => `第 ${n} 张，共 ${of} 张`,
  goods: "全部商品", search: "搜索商品", searchHint: "沙发、相机、仙人掌……",
  categories: "分类", all: "全部", more: "显示更多", loading: "正在加载商品……",
  count: (n, shown) => `共 ${shown} 件商品`,
  found: (n, shown, q) => `“${q}”共找到 ${shown} 件商品`,
  nothing: (q) => `没有找到与“${q}”相符的商品。`, empty: "货架上暂时还没有商品。",
  showAll: "查看全部商品", failed: "商城没有响应，可能正在启动或较为繁忙。", retry: "重试",
  soldOut: "已售罄", fewLeft: (n) => `仅剩 ${n} 件`, left: (n) => `库存 ${n} 件`,
  was: "原价", now: "现价", off: (percent) => `−${percent}`,
  variant: "规格", price: "价格", stock: "库存", close: "关闭", standard: "标准", picture: (n) => `图片 ${n}`,
  tryIt: "在终端里试一试", copy: "复制", copied: "已复制",
  curlSearch: "用三种语言中的任意一种搜索", curlLogin: "登录并保存令牌",
  curlMoney: "查询钱包余额", curlRegister: "注册一个自己的账号",
  photoNote: "商品与价格均为虚构。照片来自 Unsplash，详见 static/demo/LICENSES.md。",
};

const ja = {
  pageTitle: "Stampede – 殺到に負けないショップバックエンド",
  skip: "商品一覧へ", developer: "開発者向け", language: "言語",
  docs: "APIドキュメント", mailbox: "メールボックス", health: "稼働状態",
  tagline: "殺到に負けないショップバックエンド",
  pitch: "ユーザー、商品、注文、ウォレット決済、タイムセールを一つのRustバイナリに。同じ在庫を二度売らず、確定した注文を失わない。そのことをコマンド一つで証明できます。",
  readDocs: "APIドキュメントを読む", seeGoods: "商品を見る",
  logins: "デモ用ログイン", user: "ユーザー名", password: "パスワード", pin: "決済PIN",
  mailNote: "ショップが送ったメール：", devMailbox: "開発用メールボックス",
  highlights: "注目", previous: "前へ", next: "次へ", pause: "一時停止",
  slide: (n, of) => `${of}枚中${n}枚目`,
  goods: "商品一覧", search: "商品を検索", searchHint: "ソファ、カメラ、サボテン…",
  categories: "カテゴリー", all: "すべて", more: "もっと見る", loading: "商品を読み込んでいます…",
  count: (n, shown) => `全${shown}件`,
  found: (n, shown, q) => `「${q}」の検索結果：${shown}件`,
  nothing: (q) => `「${q}」に一致する商品はありません。`, empty: "まだ商品がありません。",
  showAll: "すべての商品を見る", failed: "ショップから応答がありません。起動中か、混み合っている可能性があります。", retry: "再試行",
  soldOut: "売り切れ", fewLeft: (n) => `残り${n}点`, left: (n) => `在庫${n}点`,
  was: "通常価格", now: "現在の価格", off: (percent) => `−${percent}`,
  variant: "種類", price: "価格", stock: "在庫", close: "閉じる", standard: "標準", picture: (n) => `画像${n}`,
  tryIt: "ターミナルで試す", copy: "コピー", copied: "コピーしました",
  curlSearch: "三つの言語のどれでも検索", curlLogin: "ログインしてトークンを保存",
  curlMoney: "ウォレットの残高を確認", curlRegister: "自分のアカウントを登録",
  photoNote: "商品と価格は架空のものです。写真はUnsplashより。詳細はstatic/demo/LICENSES.mdへ。",
};

export const TEXTS = { en, zh, ja };
