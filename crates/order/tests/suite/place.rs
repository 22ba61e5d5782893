//! Placing.

use std::time::Duration;

use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use stampede_catalog::Shortfall;
use stampede_kernel::*;
use stampede_order::*;
use stampede_persistence::entity::{feed, sku, stock_journal};
use stampede_persistence::idempotency::IdempotencyError;

use crate::shop::*;

async fn refused(shop: &Shop, order: NewOrder) -> OrderError {
    let before = shop.digest().await;
    let key = place_key(&order, &unique());

    let error = shop.orders.place(order, key).await.unwrap_err();

    assert_eq!(shop.digest().await, before, "{error}");
    error
}

#[tokio::test]
async fn a_quantity_that_is_none_or_too_many_is_refused_before_anything_is_read() {
    let shop = Shop::open().await;
    let (buyer, tea) = (shop.buyer(0).await, shop.tea(1_999, 10).await);

    for num in [-1, 0, 100, i64::MIN, i64::MAX] {
        let product = OrderItems::Product {
            product: tea.product,
            num,
        };
        for wanted in [product, items(&[(tea.sku, num)])] {
            let error = refused(&shop, wants(buyer, wanted)).await;
            assert!(matches!(error, OrderError::Invalid(ref fault) if fault.field == "num"));
        }
    }
    let twice = items(&[(tea.sku, 1), (tea.sku, 1)]);
    let error = refused(&shop, wants(buyer, twice)).await;
    assert!(matches!(
        error,
        OrderError::Invalid(ref fault) if fault.field == "items" && fault.code == "duplicate"
    ));
}

#[tokio::test]
async fn the_address_must_be_the_buyers_own() {
    let shop = Shop::open().await;
    let (buyer, other, tea) = (
        shop.buyer(0).await,
        shop.buyer(0).await,
        shop.tea(5, 5).await,
    );

    for address in [other.address, AddressId(987_654)] {
        let order = NewOrder {
            address,
            ..wants(buyer, items(&[(tea.sku, 1)]))
        };
        assert!(matches!(
            refused(&shop, order).await,
            OrderError::AddressNotFound
        ));
    }
}

#[tokio::test]
async fn what_is_absent_or_off_sale_cannot_be_ordered() {
    let shop = Shop::open().await;
    let (buyer, tea, gone) = (
        shop.buyer(0).await,
        shop.tea(5, 5).await,
        shop.tea(5, 5).await,
    );
    shop.take_off_sale(gone).await;

    let product = |product| OrderItems::Product { product, num: 1 };
    for (wanted, field, sku) in [
        (product(ProductId(987_654)), "product_id", None),
        (product(gone.product), "product_id", Some(gone.sku)),
        (
            items(&[(tea.sku, 1), (SkuId(987_654), 1)]),
            "items[1].sku_id",
            Some(SkuId(987_654)),
        ),
        (
            items(&[(gone.sku, 1), (tea.sku, 1)]),
            "items[0].sku_id",
            Some(gone.sku),
        ),
    ] {
        let error = refused(&shop, wants(buyer, wanted)).await;
        let line = RefusedLine {
            field: field.to_owned(),
            sku,
            why: Shortfall::NotOnSale,
        };
        assert_eq!(lines(error), [line]);
    }
}

#[tokio::test]
async fn one_line_that_is_short_leaves_the_others_in_stock() {
    let shop = Shop::open().await;
    let (buyer, plenty, few) = (
        shop.buyer(0).await,
        shop.tea(5, 50).await,
        shop.tea(5, 2).await,
    );

    let wanted = items(&[(few.sku, 3), (plenty.sku, 3)]);
    let error = refused(&shop, wants(buyer, wanted)).await;

    let line = RefusedLine {
        field: "items[0].sku_id".to_owned(),
        sku: Some(few.sku),
        why: Shortfall::Insufficient,
    };
    assert_eq!(lines(error), [line]);
}

#[tokio::test]
async fn every_line_at_fault_is_named_in_the_order_of_the_request() {
    let shop = Shop::open().await;
    let (buyer, few, fine, gone) = (
        shop.buyer(0).await,
        shop.tea(5, 2).await,
        shop.tea(5, 5).await,
        shop.tea(5, 5).await,
    );
    shop.take_off_sale(gone).await;

    let wanted = items(&[(gone.sku, 1), (fine.sku, 1), (few.sku, 3)]);
    let error = refused(&shop, wants(buyer, wanted)).await;

    let told: Vec<_> = lines(error)
        .into_iter()
        .map(|line| (line.field, line.why))
        .collect();
    assert_eq!(
        told,
        [
            ("items[0].sku_id".to_owned(), Shortfall::NotOnSale),
            ("items[2].sku_id".to_owned(), Shortfall::Insufficient),
        ]
    );
    assert_eq!(shop.stock_of(fine).await, 5);
}

/// The lines that are refused.
fn lines(error: OrderError) -> Vec<RefusedLine> {
    match error {
        OrderError::Refused(lines) => lines,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_total_that_is_not_the_expected_one_is_told_and_nothing_is_taken() {
    let shop = Shop::open().await;
    let (buyer, tea) = (shop.buyer(0).await, shop.tea(1_999, 5).await);

    let order = NewOrder {
        expected_total: Some(money(1)),
        ..wants(buyer, items(&[(tea.sku, 2)]))
    };
    let error = refused(&shop, order).await;

    assert!(matches!(error, OrderError::PriceChanged(now) if now == money(3_998)));
}

#[tokio::test]
async fn a_total_beyond_the_range_of_money_is_refused() {
    let shop = Shop::open().await;
    let buyer = shop.buyer(0).await;
    let gold = shop.tea(Money::MAX.minor(), 5).await;

    let error = refused(&shop, wants(buyer, items(&[(gold.sku, 2)]))).await;

    assert!(matches!(error, OrderError::OutOfRange(_)));
}

#[tokio::test]
async fn a_buyer_with_as_many_unpaid_orders_as_are_allowed_gets_no_more() {
    let shop = Shop::with(OrderSettings {
        open_per_user: 2,
        ..OrderSettings::default()
    })
    .await;
    let (buyer, other, tea) = (
        shop.buyer(9).await,
        shop.buyer(9).await,
        shop.tea(5, 9).await,
    );
    let first = shop.place(buyer, tea, 1).await.unwrap();
    shop.place(buyer, tea, 1).await.unwrap();

    let error = refused(&shop, wants(buyer, items(&[(tea.sku, 1)]))).await;
    assert!(matches!(error, OrderError::TooManyOpen));

    shop.place(other, tea, 1).await.unwrap();
    shop.orders.cancel(buyer.id, first.id).await.unwrap();
    shop.place(buyer, tea, 1).await.unwrap();
}

#[tokio::test]
async fn the_order_has_the_shops_prices_and_keeps_them() {
    let shop = Shop::open().await;
    let buyer = shop.buyer(0).await;
    let (tea, cup) = (
        shop.product("Sencha", 1_999, Some(1_500), 10).await,
        shop.product("Cup", 250, None, 10).await,
    );

    let wanted = items(&[(cup.sku, 3), (tea.sku, 2)]);
    let order = wants(buyer, wanted);
    let key = place_key(&order, "k");
    let order = shop.orders.place(order, key).await.unwrap();

    assert!(!order.replayed);
    let order = order.value;
    assert_eq!(order.status, OrderStatus::Unpaid);
    assert_eq!(order.total, money(3 * 250 + 2 * 1_500));
    let names: Vec<_> = order.lines.iter().map(|line| line.name.as_str()).collect();
    assert_eq!(names, ["Cup", "Sencha"]);
    assert_eq!(order.pay_by, Some(Timestamp(1_000_000 + 900_000)));
    assert_eq!(order.address.as_ref().unwrap().name, "Ada");
    assert_eq!((shop.stock_of(cup).await, shop.stock_of(tea).await), (7, 8));
    let read = shop.orders.order(buyer.id, order.id).await.unwrap();
    assert_eq!(read.order, order);
    assert_eq!(read.history.len(), 1);
    assert_eq!(read.history[0].from, None);
    assert_eq!(read.history[0].actor, Actor::Buyer);
}

#[tokio::test]
async fn lines_and_letters_speak_the_buyers_language_where_the_product_does() {
    let shop = Shop::open().await;
    let buyer = shop.buyer(0).await;
    let (tea, cup) = (
        shop.tea(100, 9).await,
        shop.product("Cup", 5, None, 9).await,
    );
    shop.translate(tea, "zh", "煎茶").await;
    shop.translate(cup, "fr", "Tasse").await;

    let order = wants(buyer, items(&[(tea.sku, 1), (cup.sku, 1)]));
    let key = place_key(&order, "k");
    let placed = shop.orders.place(order, key).await.unwrap().value;
    shop.translate(tea, "zh", "绿茶").await;
    let french = NewOrder {
        language: Language::parse("fr").unwrap(),
        ..wants(buyer, items(&[(tea.sku, 1), (cup.sku, 1)]))
    };
    let key = place_key(&french, "l");
    let french = shop.orders.place(french, key).await.unwrap().value;

    let names = |order: &Order| -> Vec<_> {
        let lines = order.lines.iter();
        lines.map(|line| line.name.clone()).collect()
    };
    assert_eq!(names(&placed), ["煎茶", "Cup"]);
    assert_eq!(names(&french), ["Sencha", "Tasse"]);
    let read = shop.orders.order(buyer.id, placed.id).await.unwrap().order;
    assert_eq!(names(&read), ["煎茶", "Cup"], "a snapshot");
    let letters = shop.jobs("mail.order").await;
    let chinese = letters.iter().find(|letter| letter["language"] == "zh");
    assert_eq!(chinese.unwrap()["lines"][0]["name"], "煎茶");
}

#[tokio::test]
async fn an_order_that_waits_for_a_new_price_pays_the_new_price() {
    let shop = Shop::open().await;
    let (buyer, tea) = (shop.buyer(0).await, shop.tea(100, 9).await);
    let tx = shop.db.db.begin_write().await.unwrap();
    let dearer = sku::Entity::update_many()
        .col_expr(sku::Column::Price, Expr::value(150))
        .filter(sku::Column::Id.eq(tea.sku));
    dearer.exec(&tx).await.unwrap();

    let change = async {
        // Time for the order to read what it should not have read yet.
        tokio::time::sleep(Duration::from_millis(200)).await;
        tx.commit().await.unwrap();
    };
    let (placed, ()) = tokio::join!(shop.place(buyer, tea, 1), change);

    assert_eq!(placed.unwrap().total, money(150));
}

#[tokio::test]
async fn a_new_price_counts_for_the_next_order_and_for_no_earlier_one() {
    let shop = Shop::open().await;
    let (buyer, tea) = (shop.buyer(99).await, shop.tea(5, 9).await);
    shop.carts.put(buyer.id, tea.sku, 1).await.unwrap();
    let before = shop.place(buyer, tea, 1).await.unwrap();
    shop.reprice(tea, 7).await;

    let after = shop.place(buyer, tea, 1).await.unwrap();
    let cart = wants(buyer, OrderItems::Cart);
    let key = place_key(&cart, "k");
    let cart = shop.orders.place(cart, key).await.unwrap().value;

    assert_eq!((before.total, after.total), (money(5), money(7)));
    assert_eq!(cart.total, money(7));
    let paid = shop.pay(buyer, before.id).await.unwrap();
    assert_eq!(paid.balance, money(94));
}

#[tokio::test]
async fn a_placed_order_leaves_its_jobs_its_journal_and_its_news() {
    let shop = Shop::open().await;
    let (buyer, tea) = (shop.buyer(0).await, shop.tea(700, 10).await);
    let db = shop.db.db.reader();
    let news = || {
        feed::Entity::find()
            .filter(feed::Column::Topic.eq("stock"))
            .all(db)
    };
    let news_before = news().await.unwrap().len();

    let order = shop.place(buyer, tea, 2).await.unwrap();

    let mail = shop.jobs("mail.order").await;
    let expected = serde_json::json!([{
        "order_id": order.id, "user_id": buyer.id, "event": "placed", "language": "zh",
        "total": 1_400, "lines": [{"name": "Sencha", "num": 2, "total": 1_400}], "reason": null,
    }]);
    assert_eq!(serde_json::Value::from(mail), expected);
    let event = shop.jobs("webhook.event").await;
    let expected = serde_json::json!([{
        "event": "order.placed", "order": order, "at": 1_000_000,
    }]);
    assert_eq!(serde_json::Value::from(event), expected);
    let journal = stock_journal::Entity::find()
        .filter(stock_journal::Column::Reference.eq(order.id.to_string()))
        .all(db)
        .await
        .unwrap();
    assert_eq!(journal.len(), 1);
    assert_eq!(journal[0].delta, -2);
    assert_eq!(news().await.unwrap().len(), news_before + 1);
}

#[tokio::test]
async fn the_same_key_gives_the_same_order_and_another_command_is_refused() {
    let shop = Shop::open().await;
    let (buyer, tea) = (shop.buyer(0).await, shop.tea(5, 10).await);
    let order = wants(buyer, items(&[(tea.sku, 1)]));
    let first = shop
        .orders
        .place(order.clone(), place_key(&order, "k"))
        .await
        .unwrap();

    let again = NewOrder {
        language: Language::JA,
        ..order.clone()
    };
    let second = shop
        .orders
        .place(again.clone(), place_key(&again, "k"))
        .await
        .unwrap();
    assert!(second.replayed);
    assert_eq!(second.value, first.value);

    let more = wants(buyer, items(&[(tea.sku, 2)]));
    let error = shop
        .orders
        .place(more.clone(), place_key(&more, "k"))
        .await
        .unwrap_err();
    assert!(matches!(
        error,
        OrderError::Idempotency(IdempotencyError::Reused)
    ));
    assert_eq!(shop.stock_of(tea).await, 9);
}

#[tokio::test]
async fn a_refusal_leaves_the_key_free() {
    let shop = Shop::open().await;
    let (buyer, tea) = (shop.buyer(0).await, shop.tea(5, 2).await);
    let much = wants(buyer, items(&[(tea.sku, 3)]));
    shop.orders
        .place(much.clone(), place_key(&much, "k"))
        .await
        .unwrap_err();

    let fits = wants(buyer, items(&[(tea.sku, 2)]));
    let placed = shop
        .orders
        .place(fits.clone(), place_key(&fits, "k"))
        .await
        .unwrap();

    assert!(!placed.replayed);
}
