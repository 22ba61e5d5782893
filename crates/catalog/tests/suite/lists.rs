//! Browsing what is on sale.

use std::collections::HashSet;

use stampede_catalog::*;
use stampede_kernel::{Cursor, PageSize, ProductId};

use crate::shop::{ADMIN, Shop, everything, money, named};

async fn ids(shop: &Shop, query: ProductQuery) -> Vec<ProductId> {
    let list = shop.products.list(query).await.unwrap();
    list.page.items.into_iter().map(|item| item.id).collect()
}

/// Every product from the first page to the last, by cursor.
async fn walk(shop: &Shop, mut query: ProductQuery) -> Vec<ProductId> {
    let mut seen = Vec::new();
    loop {
        let list = shop.products.list(query.clone()).await.unwrap();
        seen.extend(list.page.items.iter().map(|item| item.id));
        match list.page.next {
            Some(Cursor(cursor)) => query.from = PageStart::After(cursor),
            None => return seen,
        }
    }
}

#[tokio::test]
async fn a_page_too_deep_and_a_cursor_of_another_list_are_refused() {
    let shop = Shop::open().await;
    for _ in 0..12 {
        shop.product(100, 1).await;
    }
    let mut deep = everything(Sort::New);
    for page in [0, 1_001, u64::MAX] {
        deep.from = PageStart::Page(page);
        let refused = shop.products.list(deep.clone()).await;
        assert!(
            matches!(
                refused,
                Err(ProductError::Invalid(ref fault)) if fault.field == "page_num"
            ),
            "{refused:?}"
        );
    }
    let first = shop.products.list(everything(Sort::New)).await.unwrap();
    let mut other = everything(Sort::Price);
    other.from = PageStart::After(first.page.next.unwrap().0);

    let refused = shop.products.list(other).await;

    assert!(
        matches!(refused, Err(ProductError::Cursor(_))),
        "{refused:?}"
    );
}

#[tokio::test]
async fn all_pages_together_give_each_product_once_in_every_order() {
    let shop = Shop::open().await;
    let mut made = HashSet::new();
    for n in 0..23 {
        made.insert(shop.product(100 + (n % 4) * 50, 1).await.id);
    }
    let hidden = shop.product(100, 1).await.id;
    shop.products.take_off_sale(ADMIN, hidden).await.unwrap();

    for q in [None, Some("sencha".to_owned())] {
        for sort in [
            Sort::New,
            Sort::Price,
            Sort::PriceDescending,
            Sort::Hot,
            Sort::Relevance,
        ] {
            let query = ProductQuery {
                q: q.clone(),
                size: PageSize::new(5).unwrap(),
                ..everything(sort)
            };
            let list = shop.products.list(query.clone()).await.unwrap();
            assert_eq!(list.page.total, Some(23), "{sort:?} {q:?}");
            assert_eq!(list.facets.is_some(), q.is_some());
            let seen = walk(&shop, query).await;
            assert_eq!(seen.len(), 23, "{sort:?} {q:?}");
            assert_eq!(seen.into_iter().collect::<HashSet<_>>(), made, "{sort:?}");
        }
    }
}

#[tokio::test]
async fn prices_sort_and_filter_by_what_a_buyer_pays_now() {
    let shop = Shop::open().await;
    let dear = shop.product(900, 1).await.id;
    let cheap = shop.product(500, 1).await.id;
    let twin = shop.product(500, 1).await.id;
    assert_eq!(
        ids(&shop, everything(Sort::Price)).await,
        [cheap, twin, dear]
    );
    assert_eq!(
        ids(&shop, everything(Sort::PriceDescending)).await,
        [dear, twin, cheap]
    );

    let discount = ProductChange {
        discount_price: Some(Some(money(100))),
        ..ProductChange::default()
    };
    shop.products.change(ADMIN, dear, discount).await.unwrap();

    assert_eq!(
        ids(&shop, everything(Sort::Price)).await,
        [dear, cheap, twin]
    );
    let between = ProductQuery {
        min_price: Some(money(100)),
        max_price: Some(money(499)),
        ..everything(Sort::New)
    };
    assert_eq!(ids(&shop, between).await, [dear]);
}

#[tokio::test]
async fn a_category_shows_what_stands_below_it_and_stock_what_can_be_bought() {
    let shop = Shop::open().await;
    let green = NewCategory {
        parent_id: Some(shop.tea),
        ..named("Green")
    };
    let green = shop.categories.create(ADMIN, green).await.unwrap().id;
    let other = shop.categories.create(ADMIN, named("Cups")).await.unwrap();
    let sold_out = shop.product(100, 0).await.id;
    let below = NewProduct {
        category_id: green,
        ..shop.tea(100, 1)
    };
    let below = shop.products.create(ADMIN, below).await.unwrap();
    let of = |category| ProductQuery {
        category: Some(category),
        ..everything(Sort::New)
    };

    let below = below.product.id;
    assert_eq!(ids(&shop, of(shop.tea)).await, [below, sold_out]);
    assert_eq!(ids(&shop, of(green)).await, [below]);
    assert_eq!(ids(&shop, of(other.id)).await, []);
    let available = ProductQuery {
        in_stock: true,
        ..of(shop.tea)
    };
    assert_eq!(ids(&shop, available).await, [below]);
}

#[tokio::test]
async fn wildcards_and_quotes_are_searched_literally() {
    let shop = Shop::open().await;
    shop.product(100, 1).await;

    for q in [
        "%",
        "_",
        "\\",
        "' OR 1=1--",
        "\"",
        "*",
        "name:sencha AND",
        "(",
        "茶%",
    ] {
        let query = ProductQuery {
            q: Some(q.to_owned()),
            ..everything(Sort::Relevance)
        };
        assert_eq!(ids(&shop, query).await, [], "{q}");
    }
}

#[tokio::test]
async fn completions_are_names_on_sale() {
    let shop = Shop::open().await;
    shop.product(100, 1).await;

    let names = shop
        .products
        .suggest("sen", stampede_kernel::Language::EN)
        .await;

    assert_eq!(names.unwrap(), ["Sencha"]);
}

#[tokio::test]
async fn products_by_id_come_in_the_order_asked_for_and_only_on_sale() {
    let shop = Shop::open().await;
    let (a, b) = (shop.product(1, 1).await.id, shop.product(2, 1).await.id);
    let hidden = shop.product(3, 1).await.id;
    shop.products.take_off_sale(ADMIN, hidden).await.unwrap();

    let asked = [b, hidden, ProductId(999), a];
    let found = shop.products.on_sale(&asked).await.unwrap();

    let found: Vec<_> = found.iter().map(|product| product.id).collect();
    assert_eq!(found, [b, a]);
}
