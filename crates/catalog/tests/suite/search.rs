//! What customers find, and how soon.

use std::sync::Arc;
use std::time::Duration;

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel};
use stampede_catalog::{
    Filter, Search, SearchAfter, SearchError, SearchQuery, SearchResult, SearchSettings, Sort,
};
use stampede_kernel::{
    CategoryId, Language, ManualClock, Money, ProductId, SystemClock, Timestamp,
};
use stampede_persistence::entity::{category, product, sku};
use stampede_persistence::feed::{self, Tail};
use stampede_persistence::{Change, Database, Pool, Topic};
use stampede_test_support::TestDb;

const ROOMS: CategoryId = CategoryId(1);
const LIGHT: CategoryId = CategoryId(2);
const LAMP: ProductId = ProductId(1);
const CHAIR: ProductId = ProductId(2);
const KEYBOARD: ProductId = ProductId(3);

/// Two categories, one below the other, and three products.
async fn shop() -> TestDb {
    let shop = TestDb::open().await;
    add_category(&shop.db, ROOMS, None, "Rooms").await;
    add_category(&shop.db, LIGHT, Some(ROOMS), "Lighting").await;
    let lamp = r#"{"zh":{"name":"落地灯"},"ja":{"name":"フロアランプ"}}"#;
    add(
        &shop.db,
        LAMP,
        LIGHT,
        ("Floor lamp", "Bright", lamp),
        (4_000, 5),
    )
    .await;
    let chair = r#"{"zh":{"name":"木椅子"},"ja":{"name":"木の椅子"}}"#;
    add(
        &shop.db,
        CHAIR,
        ROOMS,
        ("Café chair", "Sits under a lamp", chair),
        (2_500, 0),
    )
    .await;
    let keyboard = r#"{"zh":{"name":"机械键盘"},"ja":{"name":"キーボード"}}"#;
    add(
        &shop.db,
        KEYBOARD,
        ROOMS,
        ("Keyboard", "61 keys", keyboard),
        (9_900, 1),
    )
    .await;
    shop
}

async fn add_category(db: &Database, id: CategoryId, parent: Option<CategoryId>, name: &str) {
    let row = category::ActiveModel {
        id: Set(id),
        parent_id: Set(parent),
        name: Set(name.to_owned()),
        translations: Set(None),
        image_id: Set(None),
        created_at: Set(Timestamp(0)),
    };
    category::Entity::insert(row)
        .exec_without_returning(db.reader())
        .await
        .expect("a category");
}

async fn add(
    db: &Database,
    id: ProductId,
    category: CategoryId,
    (name, info, translations): (&str, &str, &str),
    (price, num): (i64, i64),
) {
    let price = Money::new(price).expect("a price");
    let row = product::ActiveModel {
        id: Set(id),
        category_id: Set(category),
        name: Set(name.to_owned()),
        title: Set(String::new()),
        info: Set(info.to_owned()),
        translations: Set(Some(translations.to_owned())),
        on_sale: Set(true),
        pay_price: Set(price),
        view: Set(0),
        created_at: Set(Timestamp(0)),
        updated_at: Set(Timestamp(0)),
    };
    product::Entity::insert(row)
        .exec_without_returning(db.reader())
        .await
        .expect("a product");
    let unit = sku::ActiveModel {
        id: Set(stampede_kernel::SkuId(id.0)),
        product_id: Set(id),
        options: Set("{}".to_owned()),
        price: Set(price),
        discount_price: Set(None),
        num: Set(num),
        created_at: Set(Timestamp(0)),
        ..Default::default()
    };
    sku::Entity::insert(unit)
        .exec_without_returning(db.reader())
        .await
        .expect("a unit");
}

async fn edit(db: &Database, id: ProductId, change: impl FnOnce(&mut product::ActiveModel)) {
    let row = product::Entity::find_by_id(id).one(db.reader()).await;
    let mut row = row
        .expect("a row")
        .expect("the product")
        .into_active_model();
    change(&mut row);
    row.update(db.reader()).await.expect("an update");
}

async fn stock(db: &Database, id: ProductId, num: i64) {
    let row = sku::ActiveModel {
        id: Set(stampede_kernel::SkuId(id.0)),
        num: Set(num),
        ..Default::default()
    };
    row.update(db.reader()).await.expect("an update");
}

async fn open(shop: &TestDb) -> Arc<Search> {
    let search = Search::open(shop.db.clone(), SearchSettings::default()).await;
    search.expect("the index is built")
}

fn ask(q: &str) -> SearchQuery {
    SearchQuery {
        q: Some(q.to_owned()),
        filter: Filter::default(),
        sort: Sort::Relevance,
        offset: 0,
        limit: 15,
        language: Language::EN,
    }
}

fn found(search: &Search, q: &str) -> Vec<ProductId> {
    search.find(&ask(q)).expect("an answer").ids
}

/// Waits until `true`: a second at most, or a minute on a busy machine.
async fn within_a_second(mut come: impl FnMut() -> bool) -> bool {
    for _ in 0..6_000 {
        if come() {
            return true;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    false
}

#[tokio::test]
async fn what_is_off_sale_is_not_found() {
    let shop = shop().await;
    edit(&shop.db, CHAIR, |row| row.on_sale = Set(false)).await;
    let search = open(&shop).await;

    assert_eq!(found(&search, "chair"), []);
    assert_eq!(search.count(&Filter::default()).expect("a count"), 2);
    assert_eq!(search.suggest("cha", Language::EN).expect("names"), [""; 0]);

    edit(&shop.db, LAMP, |row| row.on_sale = Set(false)).await;
    search.refresh(&[LAMP]).await.expect("a refresh");
    assert_eq!(found(&search, "lamp"), []);
    assert_eq!(search.count(&Filter::default()).expect("a count"), 1);
}

#[tokio::test]
async fn what_looks_like_a_query_language_is_text() {
    let shop = shop().await;
    let search = open(&shop).await;

    for q in [
        "%",
        "_",
        "\\",
        "' OR 1=1--",
        "*",
        "\"",
        "()",
        "-",
        "\u{0}",
        "😀",
    ] {
        let found = search.find(&ask(q)).expect("an answer");
        assert_eq!((found.ids, found.total), (vec![], 0), "{q:?}");
    }
    assert_eq!(found(&search, "name:(\"lamp\" -chair*"), [CHAIR]);
    assert_eq!(found(&search, "\"floor\" +lamp)"), [LAMP]);
}

#[tokio::test]
async fn words_of_every_language_are_found_however_they_are_spelt() {
    let shop = shop().await;
    let search = open(&shop).await;

    for (q, id) in [
        ("灯", LAMP),
        ("地灯", LAMP),
        ("ランプ", LAMP),
        ("ﾗﾝﾌﾟ", LAMP),
        ("木", CHAIR),
        ("cafe", CHAIR),
        ("ＣＡＦÉ CHAIRS", CHAIR),
        ("机械键盘", KEYBOARD),
        ("盘", KEYBOARD),
        ("keyboards", KEYBOARD),
        ("the Keyboard", KEYBOARD),
    ] {
        assert_eq!(found(&search, q), [id], "{q}");
    }
}

/// A shop with products of these names, with ids from 1.
async fn shop_of(names: &[&str]) -> TestDb {
    let shop = TestDb::open().await;
    add_category(&shop.db, ROOMS, None, "Rooms").await;
    for (id, name) in (1..).zip(names) {
        let texts = (*name, "", "{}");
        add(&shop.db, ProductId(id), ROOMS, texts, (100, 1)).await;
    }
    shop
}

/// Asks every question; each must find the product of its number alone.
async fn each_finds(names: &[&str], questions: &[(&str, i64)]) {
    let shop = shop_of(names).await;
    let search = open(&shop).await;
    for (q, id) in questions {
        assert_eq!(found(&search, q), [ProductId(*id)], "{q}");
    }
}

#[tokio::test]
async fn accents_case_and_forms_that_readers_ignore_make_no_difference() {
    let names = [
        "Ποδήλατο δρόμος",
        "Ёлка зелёная",
        "Мой чай",
        "שָׁלוֹם לַכֹּל",
        "مِصْبَاح مكتبة",
        "Çaydanlık İstanbul",
        "Nồi cơm điện",
        "लाल साड़ी",
        "Smørrebrød",
    ];
    let questions = [
        ("ποδηλατο", 1),
        ("ΠΟΔΗΛΑΤΟ", 1),
        ("ΔΡΟΜΟΣ", 1),
        ("ёлка", 2),
        ("елка", 2),
        ("ЗЕЛЕНАЯ", 2),
        ("שלום", 4),
        ("مصباح", 5),
        ("مصبــاح", 5),
        ("مکتبه", 5),
        ("caydanlik", 6),
        ("ISTANBUL", 6),
        ("noi com dien", 7),
        ("साडी", 8),
        ("SMORREBROD", 9),
    ];
    each_finds(&names, &questions).await;

    let search = open(&shop_of(&names).await).await;
    assert_eq!(found(&search, "мои"), [], "й is not и");
}

#[tokio::test]
async fn signs_that_nobody_sees_do_not_hide_a_product() {
    let names = [
        "Wasch\u{ad}ma\u{ad}schine",
        "Tisch\u{200b}lampe",
        "کتاب\u{200c}خانه",
        "Zelt\u{2060}plane\u{feff}",
    ];
    each_finds(
        &names,
        &[
            ("Waschmaschine", 1),
            ("wasch\u{200d}maschine", 1),
            ("Tischlampe", 2),
            ("کتابخانه", 3),
            ("zeltplane", 4),
        ],
    )
    .await;

    let search = open(&shop_of(&names).await).await;
    let names = search.suggest("waschm", Language::EN).expect("names");
    assert_eq!(names, ["Wasch\u{ad}ma\u{ad}schine"]);
}

#[tokio::test]
async fn joined_and_divided_spellings_find_each_other() {
    let names = [
        "Wi-Fi router",
        "Sugar-free cola",
        "Engine oil 10W-40",
        "GalaxyS24 case",
        "Galaxy Tab A9",
        "Ebook reader",
        "Huile d’olive",
        "Vacuum bags NOR.0707-60",
        "Wrench 1/2\"",
        "Drill bit KT-INS114",
    ];
    each_finds(
        &names,
        &[
            ("wifi", 1),
            ("wi fi", 1),
            ("Wi\u{2011}Fi", 1),
            ("WIFI router", 1),
            ("sugarfree", 2),
            ("sugar free cola", 2),
            ("10w40", 3),
            ("10w-40", 3),
            ("10 w 40", 3),
            ("galaxy s24", 4),
            ("galaxys24", 4),
            ("galaxytab a9", 5),
            ("e-book", 6),
            ("e book", 6),
            ("olive", 7),
            ("d'olive", 7),
            ("nor070760", 8),
            ("NOR.0707-60", 8),
            ("0707 60", 8),
            ("1/2\"", 9),
            ("½", 9),
            ("KT INS114", 10),
            ("ktins114", 10),
            ("KT-INS114", 10),
        ],
    )
    .await;

    let search = open(&shop_of(&names).await).await;
    for absent in ["12", "routercola", "free 99"] {
        assert_eq!(found(&search, absent), [], "{absent}");
    }
    for (typed, name) in [
        ("wif", "Wi-Fi router"),
        ("wi-f", "Wi-Fi router"),
        ("sugarfr", "Sugar-free cola"),
        ("e-boo", "Ebook reader"),
        ("oliv", "Huile d’olive"),
        ("vacuum bags nor0707", "Vacuum bags NOR.0707-60"),
    ] {
        let names = search.suggest(typed, Language::EN).expect("names");
        assert_eq!(names, [name], "{typed}");
    }
}

#[tokio::test]
async fn words_inside_a_run_without_spaces_are_found() {
    each_finds(
        &[
            "รองเท้าวิ่งผู้ชาย",
            "กระเป๋าเดินทางสีแดง",
            "ເສື້ອຢືດສີດຳ",
            "ស្បែកជើងកីឡា",
            "လက်ကိုင်အိတ်အနက်ရောင်",
        ],
        &[
            ("รองเท้า", 1),
            ("ผู้ชาย", 1),
            ("วิ่ง", 1),
            ("รองเท้า ผู้ชาย", 1),
            ("สีแดง", 2),
            ("เดินทาง", 2),
            ("แดง", 2),
            ("ສີດຳ", 3),
            ("ເສື້ອ", 3),
            ("កីឡា", 4),
            ("ជើង", 4),
            ("အိတ်", 5),
            ("အနက်ရောင်", 5),
        ],
    )
    .await;
}

#[tokio::test]
async fn what_is_typed_of_a_run_without_spaces_is_completed() {
    let search = open(&shop_of(&["เครื่องชงกาแฟ", "ស្បែកជើង"]).await).await;

    for (typed, name) in [
        ("เครื่", "เครื่องชงกาแฟ"),
        ("กาแ", "เครื่องชงกาแฟ"),
        ("ស្បែ", "ស្បែកជើង"),
    ] {
        let names = search.suggest(typed, Language::EN).expect("names");
        assert_eq!(names, [name], "{typed}");
    }
    assert_eq!(search.suggest("ชา", Language::EN).expect("names"), [""; 0]);
}

#[tokio::test]
async fn a_long_word_is_completed_at_every_letter() {
    let name = "Donaudampfschifffahrt";
    let search = open(&shop_of(&[name]).await).await;

    for letters in 1..=name.len() {
        let names = search.suggest(&name[..letters], Language::EN);
        assert_eq!(names.expect("names"), [name], "{letters}");
    }
    let other = search.suggest("donaudampfschiffer", Language::EN);
    assert_eq!(other.expect("names"), [""; 0]);
}

async fn options(db: &Database, id: ProductId, options: &str) {
    let row = sku::ActiveModel {
        id: Set(stampede_kernel::SkuId(id.0)),
        options: Set(options.to_owned()),
        ..Default::default()
    };
    row.update(db.reader()).await.expect("an update");
}

#[tokio::test]
async fn what_only_an_option_of_a_sku_says_is_found_and_followed() {
    let shop = shop().await;
    options(
        &shop.db,
        CHAIR,
        r#"{"Colour":"Crème-brûlée","Größe":"XXL"}"#,
    )
    .await;
    let search = open(&shop).await;

    for q in ["creme", "cremebrulee", "chair xxl", "grosse", "CRÈME chair"] {
        assert_eq!(found(&search, q), [CHAIR], "{q}");
    }
    for typed in ["crem", "chair xx", "cremebru"] {
        let names = search.suggest(typed, Language::EN).expect("names");
        assert_eq!(names, ["Café chair"], "{typed}");
    }
    let names = search.suggest("colou", Language::EN).expect("names");
    assert_eq!(names, [""; 0], "names of options complete nothing");

    options(&shop.db, CHAIR, r#"{"Colour":"Teal"}"#).await;
    search.refresh(&[CHAIR]).await.expect("a refresh");

    assert_eq!(found(&search, "xxl"), []);
    assert_eq!(found(&search, "teal"), [CHAIR]);
}

#[tokio::test]
async fn every_word_of_a_name_finds_it() {
    let mut runner = TestRunner::default();
    // Without U+0640, which only stretches an Arabic word: readers ignore it, and so does the search.
    let word = "[a-zA-ZäöüéñøßА-Яа-яёΑ-ΡΣ-Ωα-ωά-ώא-תا-غف-ي가-힣ぁ-んァ-ヶ一-龥ก-ฮ0-9]{1,12}";
    let name = proptest::collection::vec(word, 1..5);
    let catalogues = proptest::collection::vec(name, 1..20);
    for _ in 0..12 {
        let catalogue = catalogues.new_tree(&mut runner).expect("names").current();
        let names: Vec<_> = catalogue.iter().map(|words| words.join(" ")).collect();
        let shop = shop_of(&names.iter().map(String::as_str).collect::<Vec<_>>()).await;
        let search = open(&shop).await;
        for (id, words) in (1..).zip(&catalogue) {
            for word in words {
                let find = SearchQuery {
                    limit: 100,
                    ..ask(word)
                };
                let ids = search.find(&find).expect("an answer").ids;
                assert!(ids.contains(&ProductId(id)), "{word} in {words:?}: {ids:?}");
            }
        }
    }
}

#[tokio::test]
async fn questions_are_answered_on_few_threads_and_few_wait() {
    let shop = shop().await;
    let settings = SearchSettings {
        threads: 1,
        waiting: 1,
        ..SearchSettings::default()
    };
    let search = Search::open(shop.db.clone(), settings).await;
    let search = search.expect("the index is built");
    let (go, gate) = std::sync::mpsc::channel::<()>();
    let running = search.run(move |_| {
        gate.recv().expect("the test goes on");
        Ok(1)
    });
    let waiting = search.run(|search| Ok(search.find(&ask("lamp"))?.ids.len()));
    let (mut running, mut waiting) = (Box::pin(running), Box::pin(waiting));
    assert!(futures::poll!(&mut running).is_pending());
    assert!(futures::poll!(&mut waiting).is_pending());

    let refused = search
        .run(|search| search.suggest("la", Language::EN))
        .await;
    assert!(matches!(refused, Err(SearchError::Busy)), "{refused:?}");
    let uncounted = search.total(Filter::default()).await;
    assert!(matches!(uncounted, Err(SearchError::Busy)));

    go.send(()).expect("the question waits");
    assert_eq!(running.await.expect("an answer"), 1);
    assert_eq!(waiting.await.expect("an answer"), 2);
    assert_eq!(search.total(Filter::default()).await.expect("a count"), 3);
}

#[tokio::test]
async fn a_client_that_hangs_up_while_it_waits_frees_its_place() {
    let shop = shop().await;
    let settings = SearchSettings {
        threads: 1,
        waiting: 1,
        ..SearchSettings::default()
    };
    let search = Search::open(shop.db.clone(), settings).await;
    let search = search.expect("the index is built");
    let (go, gate) = std::sync::mpsc::channel::<()>();
    let mut running = Box::pin(search.run(move |_| Ok(gate.recv().is_ok())));
    assert!(futures::poll!(&mut running).is_pending());
    for _ in 0..5 {
        let mut waiting = Box::pin(search.run(|_| Ok(())));
        assert!(futures::poll!(&mut waiting).is_pending());
    }

    go.send(()).expect("the question waits");
    assert!(running.await.expect("an answer"));
}

#[tokio::test]
async fn the_languages_of_names_are_known() {
    let shop = shop().await;
    let search = open(&shop).await;
    let speaks = |tag| search.has_language(Language::parse(tag).expect("a language"));

    assert!(speaks("en") && speaks("zh") && speaks("ja"));
    assert!(!speaks("fr"));
    edit(&shop.db, LAMP, |row| {
        row.translations = Set(Some(r#"{"fr":{"name":"Lampadaire"}}"#.to_owned()));
    })
    .await;
    search.refresh(&[LAMP]).await.expect("a refresh");
    assert!(speaks("fr"));
}

#[tokio::test]
async fn all_words_must_match_unless_nothing_does() {
    let shop = shop().await;
    let search = open(&shop).await;

    assert_eq!(found(&search, "lamp"), [LAMP, CHAIR]);
    assert_eq!(found(&search, "lamp chair"), [CHAIR]);
    assert_eq!(found(&search, "keybo"), [KEYBOARD], "an unfinished word");
    assert_eq!(found(&search, "eyboard"), [KEYBOARD], "one typo");
    assert_eq!(found(&search, "keybord"), [KEYBOARD], "one typo");
    assert_eq!(found(&search, "kybord"), [], "two typos");
    assert_eq!(
        found(&search, "bright floor spaceship"),
        [LAMP],
        "two of three"
    );
    assert_eq!(found(&search, "floor spaceship"), [], "one of two");
    assert_eq!(found(&search, "机械键盘垫"), [KEYBOARD], "most neighbours");
}

#[tokio::test]
async fn filters_and_orders_apply_with_and_without_words() {
    let shop = shop().await;
    let search = open(&shop).await;
    let list = |find: SearchQuery| search.find(&find).expect("an answer");
    let sorted = |q: &str, sort| list(SearchQuery { sort, ..ask(q) }).ids;
    let filtered = |filter| {
        list(SearchQuery {
            filter,
            ..ask("lamp")
        })
        .ids
    };

    assert_eq!(sorted("", Sort::New), [KEYBOARD, CHAIR, LAMP]);
    assert_eq!(sorted(" ", Sort::Relevance), [KEYBOARD, CHAIR, LAMP]);
    assert_eq!(sorted("", Sort::Price), [CHAIR, LAMP, KEYBOARD]);
    assert_eq!(sorted("lamp", Sort::PriceDescending), [LAMP, CHAIR]);
    search.add_views(&[(LAMP, 3), (CHAIR, 5)]).expect("looks");
    assert_eq!(sorted("", Sort::Hot), [CHAIR, LAMP, KEYBOARD]);

    let category = |id| Filter {
        category: Some(id),
        ..Filter::default()
    };
    let in_stock = Filter {
        in_stock: true,
        ..Filter::default()
    };
    let priced = Filter {
        min_price: Money::new(2_500).ok(),
        max_price: Money::new(3_999).ok(),
        ..Filter::default()
    };
    assert_eq!(filtered(category(LIGHT)), [LAMP]);
    assert_eq!(filtered(category(ROOMS)), [LAMP, CHAIR]);
    assert_eq!(filtered(in_stock), [LAMP]);
    assert_eq!(filtered(priced), [CHAIR]);
    assert_eq!(search.count(&category(ROOMS)).expect("a count"), 3);
    assert_eq!(search.count(&priced).expect("a count"), 1);
    assert_eq!(
        search
            .count(&Filter {
                in_stock: true,
                ..category(ROOMS)
            })
            .expect("a count"),
        2
    );
}

#[tokio::test]
async fn a_list_goes_on_where_it_stopped() {
    let shop = shop().await;
    let search = open(&shop).await;
    let page = |find: &SearchQuery, place: Option<SearchAfter>| {
        let found = match place {
            Some(place) => search.find_after(find, place),
            None => search.find(find),
        };
        found.expect("an answer")
    };
    let first = SearchQuery {
        sort: Sort::Price,
        limit: 1,
        ..ask("")
    };

    let chair = SearchAfter {
        price: Money::new(2_500).ok(),
        id: CHAIR,
    };
    assert_eq!(page(&first, None).ids, [CHAIR]);
    assert_eq!(page(&first, Some(chair)).ids, [LAMP]);
    assert_eq!(page(&first, Some(chair)).total, 3);
    assert_eq!(
        page(&SearchQuery { offset: 2, ..first }, None).ids,
        [KEYBOARD]
    );

    let newest = SearchQuery {
        sort: Sort::New,
        ..ask("lamp")
    };
    let after = SearchAfter {
        price: None,
        id: CHAIR,
    };
    assert_eq!(page(&newest, Some(after)).ids, [LAMP]);
}

#[tokio::test]
async fn facets_say_how_the_matches_spread() {
    let shop = shop().await;
    let search = open(&shop).await;

    let SearchResult { total, facets, .. } = search.find(&ask("lamp")).expect("an answer");
    let facets = facets.expect("facets of a search");

    assert_eq!(total, 2);
    assert_eq!(facets.categories, [(ROOMS, 2), (LIGHT, 1)]);
    assert_eq!(facets.in_stock, 1);
    assert_eq!(
        facets.prices.iter().map(|range| range.count).sum::<u64>(),
        2
    );
    assert_eq!(search.find(&ask("")).expect("an answer").facets, None);
}

#[tokio::test]
async fn names_are_suggested_from_their_beginnings_the_most_looked_at_first() {
    let shop = shop().await;
    let desk = ("Lamplight desk", "", "{}");
    add(&shop.db, ProductId(4), ROOMS, desk, (1_000, 1)).await;
    edit(&shop.db, LAMP, |row| row.view = Set(9)).await;
    let search = open(&shop).await;
    let names = |q: &str, language| search.suggest(q, language).expect("names");

    assert_eq!(names("lam", Language::EN), ["Floor lamp", "Lamplight desk"]);
    assert_eq!(names("floor la", Language::EN), ["Floor lamp"]);
    assert_eq!(names("CAFÉ", Language::EN), ["Café chair"]);
    assert_eq!(names("键", Language::EN), ["机械键盘"]);
    assert_eq!(names("木", Language::JA), ["木の椅子"]);
    assert_eq!(names("木", Language::ZH), ["木椅子"]);
    assert_eq!(names("%", Language::EN), [""; 0]);
    assert_eq!(names("", Language::EN), [""; 0]);
}

#[tokio::test]
async fn a_refresh_is_seen_by_the_next_question() {
    let shop = shop().await;
    let search = open(&shop).await;
    assert_eq!(found(&search, "spaceship"), []);

    edit(&shop.db, KEYBOARD, |row| {
        row.name = Set("Spaceship".to_owned());
    })
    .await;
    search.refresh(&[KEYBOARD]).await.expect("a refresh");

    assert_eq!(found(&search, "spaceship"), [KEYBOARD]);
    assert_eq!(found(&search, "keyboard"), []);
    assert_eq!(search.count(&Filter::default()).expect("a count"), 3);
}

#[tokio::test]
async fn many_refreshes_leave_every_product_once_and_keep_its_views() {
    let shop = shop().await;
    let search = open(&shop).await;
    search.add_views(&[(LAMP, 2)]).expect("looks");
    edit(&shop.db, LAMP, |row| row.view = Set(2)).await;

    for _ in 0..20 {
        search
            .refresh(&[LAMP, CHAIR, LAMP])
            .await
            .expect("a refresh");
    }

    assert_eq!(search.count(&Filter::default()).expect("a count"), 3);
    let hot = SearchQuery {
        sort: Sort::Hot,
        ..ask("")
    };
    assert_eq!(
        search.find(&hot).expect("an answer").ids,
        [LAMP, KEYBOARD, CHAIR]
    );
}

#[tokio::test]
async fn another_process_change_is_found_within_a_second_of_its_news() {
    let shop = shop().await;
    let mut tail = Tail::open(shop.db.clone(), Arc::new(SystemClock))
        .await
        .expect("a tail");
    let search = open(&shop).await;
    let following = tokio::spawn(Arc::clone(&search).follow());
    let other = Database::connect(&shop.url, Pool::default())
        .await
        .expect("a second process");

    let tx = other.begin_write().await.expect("a transaction");
    let row = product::ActiveModel {
        id: Set(CHAIR),
        name: Set("Zeppelin".to_owned()),
        ..Default::default()
    };
    row.update(&tx).await.expect("an update");
    let now = stampede_kernel::Clock::now(&SystemClock);
    feed::append(&tx, Topic::Product, &[CHAIR.0], now)
        .await
        .expect("news");
    tx.commit().await.expect("a commit");
    tail.poll().await.expect("a poll");

    assert!(within_a_second(|| found(&search, "zeppelin") == [CHAIR]).await);
    following.abort();
    other.close().await.expect("the second process ends");
}

#[tokio::test]
async fn news_between_opening_and_following_is_not_missed() {
    let shop = shop().await;
    let search = open(&shop).await;

    edit(&shop.db, CHAIR, |row| row.name = Set("Zeppelin".to_owned())).await;
    shop.db
        .changes()
        .publish(&Change::Row(Topic::Product, CHAIR.0));
    let following = tokio::spawn(Arc::clone(&search).follow());

    assert!(within_a_second(|| found(&search, "zeppelin") == [CHAIR]).await);
    following.abort();
}

#[tokio::test]
async fn stock_is_read_again_when_it_crosses_zero() {
    let shop = shop().await;
    let search = open(&shop).await;
    let following = tokio::spawn(Arc::clone(&search).follow());
    let in_stock = Filter {
        in_stock: true,
        ..Filter::default()
    };
    let buyable = || search.count(&in_stock).expect("a count");
    assert_eq!(buyable(), 2);

    stock(&shop.db, CHAIR, 4).await;
    shop.db
        .changes()
        .publish(&Change::Row(Topic::Stock, CHAIR.0));
    assert!(within_a_second(|| buyable() == 3).await);

    stock(&shop.db, CHAIR, 0).await;
    stock(&shop.db, LAMP, 0).await;
    shop.db
        .changes()
        .publish(&Change::Row(Topic::Stock, CHAIR.0));
    shop.db
        .changes()
        .publish(&Change::Row(Topic::Stock, LAMP.0));
    assert!(within_a_second(|| buyable() == 1).await);
    following.abort();
}

#[tokio::test]
async fn a_category_that_moves_takes_its_products_along() {
    let shop = shop().await;
    let search = open(&shop).await;
    let following = tokio::spawn(Arc::clone(&search).follow());
    assert_eq!(found(&search, "lighting"), [LAMP]);

    let row = category::ActiveModel {
        id: Set(LIGHT),
        parent_id: Set(None),
        name: Set("Luminaires".to_owned()),
        ..Default::default()
    };
    row.update(shop.db.reader()).await.expect("an update");
    shop.db
        .changes()
        .publish(&Change::Row(Topic::Category, LIGHT.0));

    assert!(within_a_second(|| found(&search, "luminaires") == [LAMP]).await);
    let rooms = Filter {
        category: Some(ROOMS),
        ..Filter::default()
    };
    assert_eq!(search.count(&rooms).expect("a count"), 2);
    following.abort();
}

#[tokio::test]
async fn a_process_that_was_away_too_long_reads_everything_again() {
    let shop = shop().await;
    let clock = Arc::new(ManualClock::at(Timestamp(1)));
    let mut tail = Tail::open(shop.db.clone(), clock.clone())
        .await
        .expect("a tail");
    let search = open(&shop).await;
    let following = tokio::spawn(Arc::clone(&search).follow());

    edit(&shop.db, CHAIR, |row| row.name = Set("Zeppelin".to_owned())).await;
    clock.advance(feed::RETENTION * 2);
    tail.poll().await.expect("a poll");

    assert!(within_a_second(|| found(&search, "zeppelin") == [CHAIR]).await);
    following.abort();
}
