//! Prints how long questions take and how much memory the index needs, for
//! catalogues of growing size: `cargo run --release -p stampede-catalog --example search_speed -- 10000 100000`.
#![expect(clippy::print_stdout, reason = "what it measures is its output")]

use std::time::{Duration, Instant};

use sea_orm::{ActiveValue::Set, EntityTrait};
use stampede_catalog::{Filter, Search, SearchQuery, SearchSettings, Sort};
use stampede_kernel::{CategoryId, Language, Money, ProductId, Timestamp};
use stampede_persistence::entity::{category, product, sku};
use stampede_test_support::TestDb;

const EN: [&str; 40] = [
    "lamp", "chair", "table", "desk", "sofa", "bike", "tent", "camera", "lens", "keyboard",
    "mouse", "cable", "plant", "pot", "cushion", "stool", "monitor", "clock", "ball", "rope",
    "steel", "wooden", "leather", "compact", "folding", "wireless", "curved", "soft", "light",
    "heavy", "blue", "red", "green", "black", "white", "large", "small", "round", "modern",
    "classic",
];
const ZH: [&str; 16] = [
    "台灯",
    "椅子",
    "桌子",
    "书桌",
    "沙发",
    "自行车",
    "帐篷",
    "相机",
    "镜头",
    "键盘",
    "鼠标",
    "数据线",
    "植物",
    "花盆",
    "靠垫",
    "显示器",
];
const JA: [&str; 16] = [
    "ランプ",
    "椅子",
    "テーブル",
    "机",
    "ソファ",
    "自転車",
    "テント",
    "カメラ",
    "レンズ",
    "キーボード",
    "マウス",
    "ケーブル",
    "植物",
    "鉢",
    "クッション",
    "モニター",
];
const ASKED: [&str; 12] = [
    "lamp",
    "wooden chair",
    "leather sofa",
    "compact camera lens",
    "W77",
    "keyboards",
    "键盘",
    "灯",
    "自行车",
    "キーボード",
    "椅子",
    "keybord",
];

#[tokio::main]
async fn main() {
    let sizes: Vec<i64> = std::env::args()
        .skip(1)
        .filter_map(|size| size.parse().ok())
        .collect();
    for size in if sizes.is_empty() {
        vec![40, 10_000, 100_000]
    } else {
        sizes
    } {
        measure(size).await;
    }
}

async fn measure(size: i64) {
    let shop = TestDb::open().await;
    fill(&shop, size).await;
    let before = resident();
    let start = Instant::now();
    let search = Search::open(shop.db.clone(), SearchSettings::default())
        .await
        .expect("the index is built");
    println!(
        "\n{size} products: built in {:?}, {} MiB resident ({} before)",
        start.elapsed(),
        resident(),
        before
    );
    println!(
        "{:24} {:>10} {:>10} {:>10} {:>8}",
        "question", "first", "best", "again", "total"
    );
    for q in ASKED {
        report(&search, q, &find(q, Filter::default(), Sort::Relevance)).await;
    }
    let category = Filter {
        category: Some(CategoryId(3)),
        ..Filter::default()
    };
    let priced = Filter {
        min_price: Money::new(5_000).ok(),
        max_price: Money::new(9_000).ok(),
        in_stock: true,
        ..category
    };
    report(
        &search,
        "lamp, filtered",
        &find("lamp", priced, Sort::Relevance),
    )
    .await;
    report(
        &search,
        "lamp, by price",
        &find("lamp", category, Sort::Price),
    )
    .await;
    report(&search, "hot", &find("", Filter::default(), Sort::Hot)).await;
    report(&search, "hot of a category", &find("", category, Sort::Hot)).await;
    let start = Instant::now();
    for id in 1..=20 {
        search.refresh(&[ProductId(id)]).await.expect("a refresh");
    }
    println!("refresh {:?}", start.elapsed() / 20);
    for typed in ["l", "lam", "机", "キー"] {
        search.refresh(&[ProductId(1)]).await.expect("a refresh");
        let first = time(|| drop(search.suggest(typed, Language::EN))).await;
        println!("suggest {typed:16} {first:>10.1?}");
    }
    println!("{} MiB resident at the end", resident());
}

/// The question asked for the first time, median and best of many, and asked again.
/// Spaces make it a new question and change nothing else.
async fn report(search: &Search, name: &str, find: &SearchQuery) {
    let mut first = Vec::new();
    for spaces in 0..101 {
        let q = find
            .q
            .as_ref()
            .map(|q| format!("{q}{}", " ".repeat(spaces)));
        let find = SearchQuery { q, ..find.clone() };
        first.push(time(|| drop(search.find(&find))).await);
    }
    first.sort_unstable();
    let again = time(|| drop(search.find(find))).await;
    let total = search.find(find).expect("an answer").total;
    println!(
        "{name:24} {:>10.1?} {:>10.1?} {again:>10.1?} {total:>8}",
        first[50], first[0]
    );
}

async fn time(work: impl FnOnce()) -> Duration {
    tokio::task::yield_now().await;
    let start = Instant::now();
    work();
    start.elapsed()
}

fn find(q: &str, filter: Filter, sort: Sort) -> SearchQuery {
    SearchQuery {
        q: Some(q.to_owned()),
        filter,
        sort,
        offset: 0,
        limit: 15,
        language: Language::EN,
    }
}

async fn fill(shop: &TestDb, size: i64) {
    let tx = shop.db.begin_write().await.expect("a transaction");
    let categories = (1..=50).map(|id| category::ActiveModel {
        id: Set(CategoryId(id)),
        parent_id: Set((id > 5).then_some(CategoryId(id % 5 + 1))),
        name: Set(format!("{} things", EN[pick(id, 7, EN.len())])),
        translations: Set(None),
        image_id: Set(None),
        created_at: Set(Timestamp(0)),
    });
    category::Entity::insert_many(categories)
        .exec_without_returning(&tx)
        .await
        .expect("categories");
    for from in (1..=size).step_by(500) {
        let ids = from..=(from + 499).min(size);
        product::Entity::insert_many(ids.clone().map(made))
            .exec_without_returning(&tx)
            .await
            .expect("products");
        let skus = ids.map(|id| sku::ActiveModel {
            product_id: Set(ProductId(id)),
            options: Set("{}".to_owned()),
            price: Set(price(id)),
            discount_price: Set(None),
            num: Set(id % 10),
            created_at: Set(Timestamp(0)),
            ..Default::default()
        });
        sku::Entity::insert_many(skus)
            .exec_without_returning(&tx)
            .await
            .expect("skus");
    }
    tx.commit().await.expect("a commit");
}

fn made(id: i64) -> product::ActiveModel {
    let en = |salt: i64| EN[pick(id, salt, EN.len())];
    let zh = |salt: i64| ZH[pick(id, salt, ZH.len())];
    let ja = |salt: i64| JA[pick(id, salt, JA.len())];
    let info = |make: fn(i64) -> String, gap: &str| {
        let words: Vec<_> = (10..45).map(|salt| make(rare(id, salt))).collect();
        words.join(gap)
    };
    let han = |word: i64| {
        let letter = |n: i64| {
            u32::try_from(0x4e00 + n % 3_000)
                .ok()
                .and_then(char::from_u32)
        };
        [letter(word), letter(word * 7)]
            .into_iter()
            .flatten()
            .collect()
    };
    let translations = format!(
        r#"{{"zh":{{"name":"W{id} {}{}","title":"{}，{}","info":"{}。"}},"ja":{{"name":"W{id} {}の{}","title":"{}、{}","info":"{}。"}}}}"#,
        zh(1),
        zh(2),
        zh(3),
        zh(4),
        info(han, "，"),
        ja(1),
        ja(2),
        ja(3),
        ja(4),
        info(han, "と"),
    );
    product::ActiveModel {
        id: Set(ProductId(id)),
        category_id: Set(CategoryId(id % 50 + 1)),
        name: Set(format!("W{id} {} {}", en(1), en(2))),
        title: Set(format!("{} {} for {}", en(3), en(4), en(5))),
        info: Set(info(|word| format!("word{word}"), " and ")),
        translations: Set(Some(translations)),
        on_sale: Set(true),
        pay_price: Set(price(id)),
        view: Set(id * 7_919 % 1_000),
        created_at: Set(Timestamp(id)),
        updated_at: Set(Timestamp(id)),
    }
}

fn price(id: i64) -> Money {
    Money::new(100 + id * 104_729 % 20_000).expect("a price")
}

/// A number below `bound` that follows from `id` and `salt`; low ones more often.
fn pick(id: i64, salt: i64, bound: usize) -> usize {
    let mixed = (id * 1_000_003 + salt * 7_919) % 1_000_033 * 31_337 % 10_007;
    let bound = i64::try_from(bound).expect("a small bound");
    usize::try_from(mixed * mixed % 100_003 * bound / 100_003).expect("below the bound")
}

/// One of 5,000 words, low ones more often.
fn rare(id: i64, salt: i64) -> i64 {
    let mixed = (id * 1_000_003 + salt * 7_919) % 1_000_033 * 31_337 % 10_007;
    mixed * mixed % 100_003 * 5_000 / 100_003
}

/// Resident memory of this process in MiB, on Linux.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| {
        line.trim()
            .trim_end_matches(" kB")
            .trim()
            .parse::<u64>()
            .ok()
    })
    .map_or(0, |kib| kib / 1_024)
}
