//! Products as a table.

use std::collections::BTreeMap;

use stampede_catalog::csv::{CsvError, Report, export, import};
use stampede_catalog::*;
use stampede_kernel::Language;

use crate::shop::{ADMIN, Shop, everything, named, new_sku};

async fn read(shop: &Shop, table: &str) -> Report {
    import(table.as_bytes(), ADMIN, &shop.products, &shop.categories)
        .await
        .unwrap()
}

async fn written(shop: &Shop) -> String {
    let mut table = Vec::new();
    let languages = [Language::ZH];
    export(&mut table, &shop.products, &shop.categories, &languages)
        .await
        .unwrap();
    String::from_utf8(table).unwrap()
}

/// A product that tries everything a table could spoil.
async fn awkward(shop: &Shop) -> Product {
    let twin = shop.categories.create(ADMIN, named("Tea")).await.unwrap();
    let parent = NewCategory {
        parent_id: Some(twin.id),
        ..named(r"Green > Japan \ 'first'")
    };
    let category = shop.categories.create(ADMIN, parent).await.unwrap();
    let translation = |name: &str| Text {
        name: Some(name.into()),
        ..Text::default()
    };
    let option = |value: &str| NewSku {
        options: BTreeMap::from([("Size: cm; in".to_owned(), value.to_owned())]),
        ..new_sku(1_999, 7)
    };
    let new = NewProduct {
        name: "=HYPERLINK(\"http://x\")".into(),
        title: "'-5, \"quoted\"".into(),
        info: "two\nlines, \r\nthree".into(),
        translations: Texts::from([
            (Language::ZH, translation("+绿茶")),
            (Language::JA, translation("煎茶")),
        ]),
        category_id: category.id,
        skus: vec![option("1"), option("2")],
        ..shop.tea(1, 1)
    };
    shop.products.create(ADMIN, new).await.unwrap().product
}

#[tokio::test]
async fn what_was_written_is_read_without_changing_anything() {
    let shop = Shop::open().await;
    let tea = shop.product(100, 5).await;
    shop.products.take_off_sale(ADMIN, tea.id).await.unwrap();
    let odd = awkward(&shop).await;

    let table = written(&shop).await;
    let report = read(&shop, &table).await;

    let unchanged = Report {
        unchanged: 2,
        ..Report::default()
    };
    assert_eq!(report, unchanged, "{table}");
    assert!(table.contains("'=HYPERLINK"), "{table}");
    assert_eq!(shop.now(odd.id).await, odd);
    assert_eq!(shop.acts("product.update").await, 0);
    assert_eq!(shop.categories.categories().await.unwrap().len(), 3);
}

#[tokio::test]
async fn a_table_makes_products_and_their_categories() {
    let shop = Shop::open().await;

    let report = read(
        &shop,
        "name,category,price,discount_price,num,options,name_zh\n\
         Gyokuro,Tea > Green,2500,2000,3,Weight: 50 g,玉露\n\
         ,,4500,,4,Weight: 100 g,\n\
         Cup,Cups,900,,0,,\n",
    )
    .await;

    assert_eq!((report.created, report.refused), (2, vec![]));
    let list = shop.products.list(everything(Sort::New)).await.unwrap();
    let [cup, gyokuro] = list.page.items.as_slice() else {
        panic!("{list:?}")
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
}

#[tokio::test]
async fn bad_rows_are_refused_by_line_and_the_others_taken_over() {
    let shop = Shop::open().await;
    let tea = shop.product(100, 5).await;

    let table = format!(
        "product_id,sku_id,name,category,price,num\n\
         ,,Free,Tea,0,1\n\
         ,,Nowhere,,5,1\n\
         {id},,,,120,\n\
         {id},999,,,130,\n\
         999,,,,5,\n\
         ,,Short\n\
         ,,Odd,Tea,ten,1\n\
         {id},,,,150,77\n",
        id = tea.id
    );
    let report = read(&shop, &table).await;

    let lines: Vec<_> = report.refused.iter().map(|refusal| refusal.line).collect();
    assert_eq!(lines, [2, 3, 4, 6, 7, 8], "{report:?}");
    assert_eq!((report.created, report.changed), (0, 1));
    let now = shop.now(tea.id).await;
    assert_eq!(now.skus[0].price.minor(), 150);
    assert_eq!(now.skus[0].num, 5);
}

#[tokio::test]
async fn a_table_with_a_column_of_its_own_is_not_read() {
    let shop = Shop::open().await;

    for header in ["name,boss_id\n", "name,name\n", "name_zz_\n"] {
        let refused = import(header.as_bytes(), ADMIN, &shop.products, &shop.categories).await;
        assert!(matches!(refused, Err(CsvError::Column(_))), "{header}");
    }
}
