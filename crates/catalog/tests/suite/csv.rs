//! Products as a table: out, in, and out again.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::process::Command;
use std::sync::Arc;

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use stampede_catalog::csv::{ImportError, Importer, Report, export};
use stampede_catalog::*;
use stampede_kernel::{CategoryId, Language, ProductId, SkuId};

use crate::products::OneSale;
use crate::shop::{ADMIN, Shop, money, named, new_sku};

fn importer(shop: &Shop) -> Importer {
    let nothing = Arc::new(OneSale(SkuId(0)));
    Importer::new(
        shop.db.db.clone(),
        shop.clock.clone(),
        Language::EN,
        nothing,
    )
}

async fn read(shop: &Shop, table: &str) -> Result<Report, ImportError> {
    importer(shop).import(Cursor::new(table), false).await
}

/// The faults of a table that is refused: line and column of each.
async fn refused(shop: &Shop, table: impl AsRef<[u8]> + Send) -> Vec<(u64, String)> {
    let imported = importer(shop).import(Cursor::new(table), false).await;
    let Err(ImportError::Refused(faults)) = imported else {
        panic!("{imported:?}")
    };
    let first = faults.first.into_iter();
    first.map(|fault| (fault.line, fault.column)).collect()
}

fn at(line: u64, column: &str) -> (u64, String) {
    (line, column.to_owned())
}

async fn written(shop: &Shop) -> String {
    let mut table = Vec::new();
    export(&shop.db.db, &mut table).await.unwrap();
    String::from_utf8(table).unwrap()
}

async fn all(shop: &Shop) -> Vec<Product> {
    let query = AdminProductQuery {
        size: stampede_kernel::PageSize::new(100).unwrap(),
        ..AdminProductQuery::default()
    };
    let mut all = shop.products.all(query).await.unwrap().items;
    all.reverse();
    all
}

async fn categories(shop: &Shop) -> usize {
    shop.categories.categories().await.unwrap().len()
}

async fn is_sound(shop: &Shop) {
    let tx = shop.db.db.snapshot().await.unwrap();
    assert_eq!(audit(&tx).await.unwrap(), []);
}

#[tokio::test]
async fn a_table_makes_products_and_their_categories() {
    let shop = Shop::open().await;

    let report = read(
        &shop,
        "name,category,price,discount_price,num,options,name_zh\n\
         Gyokuro,Tea/Green,2500,2000,3,Weight: 50 g,玉露\n\
         ,,4500,,4,Weight: 100 g,\n\
         Cup,Cups,900,,0,,\n",
    )
    .await
    .unwrap();

    let expected = Report {
        created: 2,
        categories: 2,
        ..Report::default()
    };
    assert_eq!(report, expected);
    let products = all(&shop).await;
    let [gyokuro, cup] = products.as_slice() else {
        panic!("{products:?}")
    };
    assert_eq!(gyokuro.skus.len(), 2);
    assert_eq!(gyokuro.skus[1].num, 4);
    assert_eq!(
        gyokuro.translations[&Language::ZH].name.as_deref(),
        Some("玉露")
    );
    let categories = shop.categories.categories().await.unwrap();
    let green = categories.iter().find(|category| category.name == "Green");
    assert_eq!(green.unwrap().parent_id, Some(shop.tea));
    assert_eq!(gyokuro.category_id, green.unwrap().id);
    assert!(cup.on_sale && cup.translations.is_empty());
    assert_eq!(shop.journal(gyokuro.skus[0].id).await, [3]);
    assert_eq!(shop.acts("product.import").await, 1);
    assert_eq!(shop.news("product", cup.id.0).await, 1);
    is_sound(&shop).await;
}

#[tokio::test]
async fn one_bad_row_at_the_end_leaves_nothing_behind() {
    let shop = Shop::open().await;
    shop.product(100, 1).await;
    let good: Vec<_> = (0..450)
        .map(|n| format!("Good {n},New/{n},100,,1,,\n"))
        .collect();
    let good = good.concat();
    for bad in [
        "Bad,New,100,200,1,,",
        "Bad,New,0,,1,,",
        "Bad,New,100,,-5,,",
        "Bad,,100,,1,,",
        "Bad,New,100,,1,,x",
        "Bad,New,ten,,1,,",
        "Bad,New,100,,1,Colour,",
        "Bad,New / ,100,,1,,",
        "\"Bad\nname\",New,100,,1,,",
        "\"Bad",
    ] {
        let table =
            format!("name,category,price,discount_price,num,options,name_en\n{good}{bad}\n");
        let faults = refused(&shop, &table).await;
        assert_eq!(faults[0].0, 452, "{bad}: {faults:?}");
        assert_eq!((all(&shop).await.len(), categories(&shop).await), (1, 1));
    }
    let long = format!("name,category,price\n{},New,100\n", "x".repeat(129));
    assert_eq!(refused(&shop, &long).await, [at(2, "name")]);
    is_sound(&shop).await;
}

#[tokio::test]
async fn all_faults_are_told_at_once_by_line_and_column() {
    let shop = Shop::open().await;
    let tea = shop.product(100, 5).await;
    let (id, sku) = (tea.id, tea.skus[0].id);

    let table = format!(
        "ID,Sku_Id,Name,Category,Price,Num,On_Sale,discount_price\r\n\
         ,,Free,Tea,0,1,maybe,\r\n\
         \r\n\
         ,,\"two\r\nlines\",,5,,,\r\n\
         {id},{sku},,,ten,1.5,,\r\n\
         {id},999,,,130,,,\r\n\
         999,,,,5,,,\r\n\
         x,,,,5,,,\r\n\
         ,,Odd,Tea,5,1,,6,stray\r\n\
         {id},{sku},,,150,-1,,\r\n"
    );
    let faults = refused(&shop, &table).await;

    assert_eq!(
        faults,
        [
            at(2, "on_sale"),
            at(2, "price"),
            at(4, "name"),
            at(4, "category"),
            at(6, "price"),
            at(6, "num"),
            at(7, "sku_id"),
            at(8, "id"),
            at(9, "id"),
            at(10, "column 9"),
            at(10, "discount_price"),
            at(11, "num"),
        ]
    );
}

#[tokio::test]
async fn a_flood_of_faults_is_counted_and_its_beginning_told() {
    let shop = Shop::open().await;
    let rows: Vec<_> = (0..1_000)
        .map(|n| format!("{}x,Tea,-{n}\n", "y".repeat(200)))
        .collect();
    let rows = rows.concat();
    let table = format!("name,category,price\n{rows}");

    let refused = read(&shop, &table).await.unwrap_err();

    let ImportError::Refused(faults) = &refused else {
        panic!("{refused:?}")
    };
    assert_eq!(faults.first.len(), 100);
    assert!(faults.count >= 2_000, "{}", faults.count);
    assert!(faults.first.iter().all(|fault| fault.value.len() < 60));
    assert!(refused.to_string().contains("more"), "{refused}");
}

#[tokio::test]
async fn a_table_with_a_column_of_its_own_is_not_read() {
    let shop = Shop::open().await;

    for (table, column) in [
        ("name,boss_id\n", "boss_id"),
        ("name,Name\n", "name"),
        ("name_zz_\n", "name_zz_"),
        ("Handle,Title,Body (HTML)\nx,y,z\n", "handle"),
    ] {
        assert_eq!(refused(&shop, table).await[0], at(1, column), "{table}");
    }
    assert_eq!(refused(&shop, "").await, [at(1, "")]);
    assert_eq!(refused(&shop, "\n , \n").await, [at(1, "")]);
    let utf16 = importer(&shop)
        .import(Cursor::new(b"\xff\xfen\0a\0"), false)
        .await;
    assert!(matches!(utf16, Err(ImportError::NotATable(_))));
    let latin = b"name,category,price\nM\xfcller,Tea,5\n";
    assert_eq!(refused(&shop, latin).await, [at(2, "")]);
}

#[tokio::test]
async fn what_spreadsheets_do_to_a_table_is_understood() {
    for table in [
        "\u{feff}name,category,price,num,on_sale\r\nSencha,Tea,100,5,TRUE\r\n",
        "sep=;\r\nName;Category;Price;Num;On_Sale\r\nSencha;Tea; 100 ;5;Yes\r\n",
        "NAME\tCATEGORY\tPRICE\tNUM\tON_SALE\rSencha\tTea\t100\t5\t1\r",
        "name,category,price,num,on_sale,,\n\n,,,,,,\nSencha,Tea,100,5,true,,\n,,,,,,\n",
        "on_sale,num,price,category,name\n,\u{a0}5\u{a0},100, Tea ,Sencha\n",
        "name,category,price,num,on_sale\nSencha,Tea,100,5",
    ] {
        let shop = Shop::open().await;

        read(&shop, table).await.unwrap();

        let products = all(&shop).await;
        assert_eq!(products.len(), 1, "{table:?}");
        assert_eq!(products[0].name, "Sencha", "{table:?}");
        assert_eq!(products[0].skus[0].price, money(100), "{table:?}");
        assert_eq!(products[0].skus[0].num, 5, "{table:?}");
        assert!(products[0].on_sale, "{table:?}");
        assert_eq!(products[0].category_id, shop.tea, "{table:?}");
    }
}

#[tokio::test]
async fn a_row_with_an_id_changes_that_product_and_one_without_makes_one() {
    let shop = Shop::open().await;
    let (tea, cup) = (shop.product(100, 5).await, shop.product(200, 1).await);

    let table = format!(
        "id,name,price,on_sale,category,title\n\
         {},,150,false,,\n\
         {},Mug,,,Mugs,\n\
         ,Sencha,100,,Tea,New\n",
        tea.id, cup.id
    );
    let report = read(&shop, &table).await.unwrap();

    let expected = Report {
        created: 1,
        changed: 2,
        unchanged: 0,
        categories: 1,
    };
    assert_eq!(report, expected);
    let now = shop.now(tea.id).await;
    assert_eq!((now.skus[0].price, now.on_sale), (money(150), false));
    assert_eq!(
        (now.name.as_str(), now.title.as_str()),
        ("Sencha", "Steamed green tea")
    );
    let mug = shop.now(cup.id).await;
    assert_eq!((mug.name.as_str(), mug.title.as_str()), ("Mug", ""));
    assert_eq!(mug.info, cup.info);
    assert_ne!(mug.category_id, shop.tea);
    assert_eq!(all(&shop).await.len(), 3);
    assert_eq!(shop.acts("product.update").await, 2);
    is_sound(&shop).await;

    let again = read(&shop, &format!("id,price\n{},150\n", tea.id))
        .await
        .unwrap();
    assert_eq!((again.changed, again.unchanged), (0, 1));
}

#[tokio::test]
async fn stock_moves_by_the_difference_so_that_what_was_sold_stays_sold() {
    let shop = Shop::open().await;
    let tea = shop.product(100, 10).await;
    let sku = tea.skus[0].id;
    let exported = written(&shop).await;
    let sold = StockMove {
        sku,
        delta: -4,
        reason: "sold".into(),
    };
    shop.stock.move_stock(ADMIN, sold, None).await.unwrap();

    assert!(exported.contains(",10,10"), "{exported}");
    let unchanged = read(&shop, &exported).await.unwrap();
    assert_eq!(unchanged.unchanged, 1);
    let edited = exported.replace(",10,10", ",12,10");
    read(&shop, &edited).await.unwrap();
    assert_eq!(shop.now(tea.id).await.skus[0].num, 8);
    assert_eq!(shop.journal(sku).await, [10, -4, 2]);

    let plain = format!("id,num\n{},3\n", tea.id);
    read(&shop, &plain).await.unwrap();
    assert_eq!(shop.now(tea.id).await.skus[0].num, 3);
    let below = exported.replace(",10,10", ",0,10");
    assert_eq!(refused(&shop, &below).await, [at(2, "num")]);
    is_sound(&shop).await;
}

#[tokio::test]
async fn a_line_says_which_of_several_skus_it_means() {
    let shop = Shop::open().await;
    let of = |weight: &str, price| NewSku {
        tax_rate: None,
        options: BTreeMap::from([("Weight".to_owned(), weight.to_owned())]),
        ..new_sku(price, 1)
    };
    let new = NewProduct {
        skus: vec![of("50 g", 100), of("100 g", 180)],
        ..shop.tea(1, 1)
    };
    let tea = shop.products.create(ADMIN, new).await.unwrap().product;

    let unsaid = format!("id,price\n{},90\n", tea.id);
    assert_eq!(refused(&shop, &unsaid).await, [at(2, "sku_id")]);
    let twice = format!(
        "id,options,price\n{0},Weight: 50 g,1\n{0},Weight: 50 g,2\n",
        tea.id
    );
    assert_eq!(refused(&shop, &twice).await, [at(3, "sku_id")]);
    let said = format!(
        "id,sku_id,options,price,name\n\
         {id},,Weight: 50 g,90,\n\
         {id},{second},,170,\n\
         ,,Weight: 1 kg,1500,\n",
        id = tea.id,
        second = tea.skus[1].id,
    );
    read(&shop, &said).await.unwrap();

    let now = shop.now(tea.id).await;
    let prices: Vec<_> = now.skus.iter().map(|sku| sku.price.minor()).collect();
    assert_eq!(prices, [90, 170, 1_500]);
    let shown = read(&shop, &format!("id,title\n{},Loose\n", tea.id)).await;
    assert_eq!(shown.unwrap().changed, 1);
    is_sound(&shop).await;
}

#[tokio::test]
async fn a_copied_line_whose_id_was_taken_away_makes_a_product() {
    let shop = Shop::open().await;
    shop.product(100, 5).await;
    let copied = written(&shop).await.replace("\n1,1,", "\n,1,");

    read(&shop, &copied).await.unwrap();
    let products = all(&shop).await;
    assert_eq!(products.len(), 2);
    assert_ne!(products[0].skus[0].id, products[1].skus[0].id);

    let empty = Shop::open().await;
    read(&empty, &copied).await.unwrap();
    assert_eq!(all(&empty).await.len(), 1);
    is_sound(&empty).await;
}

#[tokio::test]
async fn a_discount_above_the_price_that_stays_is_refused() {
    let shop = Shop::open().await;
    let tea = shop.product(100, 5).await;

    let table = format!("id,discount_price\n{},101\n", tea.id);
    assert_eq!(refused(&shop, &table).await, [at(2, "discount_price")]);
    let table = format!("id,discount_price\n{},99\n", tea.id);
    read(&shop, &table).await.unwrap();
    assert_eq!(
        shop.now(tea.id).await.skus[0].discount_price,
        Some(money(99))
    );
    let cleared = format!("id,discount_price\n{},\n", tea.id);
    read(&shop, &cleared).await.unwrap();
    assert_eq!(shop.now(tea.id).await.skus[0].discount_price, None);
}

#[tokio::test]
async fn a_dry_run_says_what_would_happen_and_writes_nothing() {
    let shop = Shop::open().await;
    let tea = shop.product(100, 5).await;
    let table = format!(
        "id,name,category,price\n{},,,120\n,Cup,Cups/Small,900\n,Mug,Cups/Large,900\n",
        tea.id
    );

    let report = importer(&shop).import(Cursor::new(table), true).await;

    let expected = Report {
        created: 2,
        changed: 1,
        unchanged: 0,
        categories: 3,
    };
    assert_eq!(report.unwrap(), expected);
    assert_eq!((all(&shop).await, categories(&shop).await), (vec![tea], 1));
}

#[tokio::test]
async fn a_product_in_a_sale_is_not_taken_off_sale_by_a_table() {
    let shop = Shop::open().await;
    let tea = shop.product(100, 5).await;
    let selling = Arc::new(OneSale(tea.skus[0].id));
    let importer = Importer::new(
        shop.db.db.clone(),
        shop.clock.clone(),
        Language::EN,
        selling,
    );

    let table = format!("id,on_sale\n{},false\n", tea.id);
    let refused = importer.import(Cursor::new(table), false).await;

    assert!(matches!(refused, Err(ImportError::Refused(_))));
    assert!(shop.now(tea.id).await.on_sale);
}

#[tokio::test]
async fn an_empty_shop_takes_ids_over_or_gives_its_own() {
    let shop = Shop::open().await;
    let mixed = "id,name,category,price\n7,A,Tea,5\n,B,Tea,5\n";
    assert_eq!(refused(&shop, mixed).await, [at(2, "id")]);
    let twice = "id,name,category,price\n7,A,Tea,5\n8,B,Tea,5\n7,,,6\n";
    assert_eq!(refused(&shop, twice).await[0].0, 4);

    let table = "id,name,category,price,num\n7,A,Tea,5,3\n9,B,Tea,5,0\n";
    read(&shop, table).await.unwrap();

    let ids: Vec<_> = all(&shop).await.iter().map(|one| one.id).collect();
    assert_eq!(ids, [ProductId(7), ProductId(9)]);
    assert_eq!(shop.product(100, 1).await.id, ProductId(10));
    let unknown = "id,name,category,price\n77,A,Tea,5\n";
    assert_eq!(refused(&shop, unknown).await, [at(2, "id")]);
    is_sound(&shop).await;
}

#[tokio::test]
async fn a_ring_of_categories_ends_no_export() {
    use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
    use stampede_persistence::entity::category;
    let shop = Shop::open().await;
    shop.product(100, 1).await;
    category::Entity::update_many()
        .col_expr(category::Column::ParentId, Expr::value(shop.tea))
        .filter(category::Column::Id.eq(shop.tea))
        .exec(shop.db.db.reader())
        .await
        .unwrap();

    assert!(written(&shop).await.contains("Tea"));
}

/// A category of a random shop: below one of those before it, or a root.
type Shelf = (Option<prop::sample::Index>, String);
/// A random product: in one of the categories, its texts, and its SKUs.
type Goods = (
    prop::sample::Index,
    [String; 3],
    Option<(String, String)>,
    bool,
    Vec<(BTreeMap<String, String>, i64, bool, i64)>,
);

fn name() -> impl Strategy<Value = String> {
    let awkward = prop::sample::select(vec![
        "=HYPERLINK(\"http://x\")",
        "+1",
        "-3",
        "@home",
        "'tis",
        "'=x",
        "007",
        "1/2",
        "5 May",
        "May 2024",
        "TRUE",
        "false",
        "1e5",
        "$5",
        "12:30",
        "1,5",
        "/",
        "//",
        "\\",
        " Tea",
        "Tea ",
        "Tea",
        "TV / Hi-Fi",
        "a > b",
        "Ｔea",
        "Теа",
        "عربي",
        "e\u{301}",
        "\u{a0}x",
        "x\u{200b}",
        "#REF!",
        "\u{202e}abc",
        "👩‍👩‍👧",
        "sep=;",
        "\"",
        "\"\"",
        "a;b",
        "{",
        "{}",
        "\\#2",
        "％",
        "id",
    ]);
    prop_oneof![
        1 => awkward.prop_map(ToOwned::to_owned),
        1 => "[ /\\\\#'\"=+@,;:>|{}0-9a-cé茶😀-]{1,12}"
            .prop_filter("not blank", |name| !name.trim().is_empty()),
    ]
}

fn info(line_ends: &'static str) -> impl Strategy<Value = String> {
    let lines = prop::collection::vec("[ '\"=,;0-9a-c茶\t]{0,8}", 0..4);
    lines.prop_map(move |lines| lines.join(line_ends))
}

fn goods(line_ends: &'static str) -> impl Strategy<Value = Goods> {
    let options = prop::collection::btree_map(name(), name(), 0..3);
    let sku = (options, 1_i64..20_000_000_000_000, any::<bool>(), 0_i64..5);
    let texts = (
        name(),
        prop_oneof![Just(String::new()), name()],
        info(line_ends),
    );
    (
        any::<prop::sample::Index>(),
        texts.prop_map(|(name, title, info)| [name, title, info]),
        prop::option::of((name(), info(line_ends))),
        any::<bool>(),
        prop::collection::vec(sku, 1..4),
    )
}

fn catalogue(
    line_ends: &'static str,
    products: usize,
) -> impl Strategy<Value = (Vec<Shelf>, Vec<Goods>)> {
    let shelf = (prop::option::of(any::<prop::sample::Index>()), name());
    (
        prop::collection::vec(shelf, 1..8),
        prop::collection::vec(goods(line_ends), products),
    )
}

async fn furnish(shop: &Shop, (shelves, goods): (Vec<Shelf>, Vec<Goods>)) {
    let mut ids: Vec<CategoryId> = vec![shop.tea];
    for (above, name) in shelves {
        let new = NewCategory {
            parent_id: above.map(|above| *above.get(&ids)),
            ..named(&name)
        };
        ids.push(shop.categories.create(ADMIN, new).await.unwrap().id);
    }
    for (category, [name, title, info], translation, on_sale, skus) in goods {
        let text = translation.map(|(name, info)| Text {
            name: Some(name),
            title: None,
            info: Some(info).filter(|info| !info.is_empty()),
        });
        let skus = skus
            .into_iter()
            .map(|(options, price, discounted, num)| NewSku {
                tax_rate: None,
                options,
                price: money(price),
                discount_price: discounted.then(|| money(price / 2 + 1)),
                num,
            });
        let new = NewProduct {
            name,
            title,
            info,
            translations: text.map(|text| (Language::ZH, text)).into_iter().collect(),
            category_id: *category.get(&ids),
            on_sale,
            skus: skus.collect(),
            images: vec![],
        };
        shop.products.create(ADMIN, new).await.unwrap();
    }
}

fn block_on<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(future)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    #[test]
    fn any_catalogue_goes_out_and_in_and_out_again(
        catalogue in catalogue("\r\n", 8),
        line_end in prop::sample::select(vec!["\n", "\r\n", "\r"]),
    ) {
        block_on(async {
            let shop = Shop::open().await;
            let (shelves, mut goods) = catalogue;
            for (_, texts, ..) in &mut goods {
                texts[2] = texts[2].replace("\r\n", line_end);
            }
            furnish(&shop, (shelves, goods)).await;
            let table = written(&shop).await;

            let unchanged = read(&shop, &table).await.unwrap();
            assert_eq!(unchanged.unchanged, 8, "{unchanged:?} {table}");
            let copy = Shop::open().await;
            let report = read(&copy, &table).await.unwrap();
            assert_eq!(report.created, 8);
            assert_eq!(written(&copy).await, table);
            is_sound(&copy).await;
            is_sound(&shop).await;
        });
    }
}

#[tokio::test]
async fn a_product_of_100_skus_goes_out_and_in() {
    let shop = Shop::open().await;
    let sku = |n: i64| NewSku {
        tax_rate: None,
        options: BTreeMap::from([("No".to_owned(), n.to_string())]),
        ..new_sku(100 + n, n)
    };
    let new = NewProduct {
        skus: (0..100).map(sku).collect(),
        ..shop.tea(1, 1)
    };
    shop.products.create(ADMIN, new).await.unwrap();
    let table = written(&shop).await;
    let copy = Shop::open().await;

    read(&copy, &table).await.unwrap();
    assert_eq!(written(&copy).await, table);

    let more = format!("{table}1,,,,,,,No: 101,5,,1,\n");
    assert_eq!(refused(&copy, &more).await, [at(102, "id")]);
}

/// What `LibreOffice` makes of a table that it opens and saves; `None` without one.
fn through_libreoffice(table: &str) -> Option<String> {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    std::fs::write(path("goods.csv"), table).unwrap();
    let done = Command::new("soffice")
        .arg(format!(
            "-env:UserInstallation=file://{}",
            path("profile").display()
        ))
        .args(["--headless", "--infilter=CSV:44,34,UTF8", "--convert-to"])
        .arg("csv:Text - txt - csv (StarCalc):44,34,76,1")
        .arg("--outdir")
        .args([path("saved"), path("goods.csv")])
        .output();
    match done {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
        Err(error) => panic!("{error}"),
        Ok(done) => {
            let saved = std::fs::read_to_string(path("saved").join("goods.csv"));
            Some(saved.unwrap_or_else(|error| panic!("{error}: {done:?}")))
        }
    }
}

#[tokio::test]
async fn a_catalogue_that_libreoffice_opened_and_saved_is_the_same() {
    let shop = Shop::open().await;
    let mut runner = TestRunner::deterministic();
    let random = catalogue("\n", 60).new_tree(&mut runner).unwrap().current();
    furnish(&shop, random).await;
    let table = written(&shop).await;

    let Some(saved) = through_libreoffice(&table) else {
        println!("skipped: LibreOffice is not installed");
        return;
    };

    assert_ne!(saved, table);
    let report = read(&shop, &saved).await.unwrap();
    assert_eq!((report.changed, report.unchanged), (0, 60), "{report:?}");
    let copy = Shop::open().await;
    read(&copy, &saved).await.unwrap();
    assert_eq!(written(&copy).await, table);
}
