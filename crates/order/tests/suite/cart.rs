//! Carts, and orders of them.

use stampede_kernel::*;
use stampede_order::*;

use crate::shop::*;

#[tokio::test]
async fn a_cart_takes_no_odd_numbers_and_nothing_that_is_not_on_sale() {
    let shop = Shop::open().await;
    let (buyer, tea, gone) = (
        shop.buyer(0).await,
        shop.tea(5, 5).await,
        shop.tea(5, 5).await,
    );
    shop.take_off_sale(gone).await;

    for num in [-1, 100, i64::MAX] {
        let error = shop.carts.put(buyer.id, tea.sku, num).await.unwrap_err();
        assert!(matches!(error, CartError::Invalid(ref fault) if fault.field == "num"));
    }
    for sku in [gone.sku, SkuId(987_654)] {
        let error = shop.carts.put(buyer.id, sku, 1).await.unwrap_err();
        assert!(matches!(error, CartError::NotFound));
    }
    assert_eq!(shop.carts.cart(buyer.id).await.unwrap().items, []);
}

#[tokio::test]
async fn an_empty_cart_cannot_be_ordered() {
    let shop = Shop::open().await;
    let order = wants(shop.buyer(0).await, OrderItems::Cart);
    let key = place_key(&order, "k");

    let error = shop.orders.place(order, key).await.unwrap_err();

    assert!(matches!(error, OrderError::EmptyCart));
}

#[tokio::test]
async fn a_cart_shows_todays_prices_and_adds_up_what_can_be_bought() {
    let shop = Shop::open().await;
    let buyer = shop.buyer(0).await;
    let (tea, cup, gone) = (
        shop.product("Sencha", 100, Some(80), 5).await,
        shop.product("Cup", 10, None, 1).await,
        shop.tea(7, 7).await,
    );
    shop.carts.put(buyer.id, tea.sku, 1).await.unwrap();
    shop.carts.put(buyer.id, tea.sku, 3).await.unwrap();
    shop.carts.put(buyer.id, cup.sku, 2).await.unwrap();
    shop.carts.put(buyer.id, gone.sku, 1).await.unwrap();
    shop.take_off_sale(gone).await;

    shop.translate(tea, "ja", "煎茶").await;

    let cart = shop.carts.cart(buyer.id).await.unwrap();

    assert_eq!(cart.items[0].name, "Sencha");
    assert_eq!(cart.items[0].names[&Language::JA], "煎茶");
    let lines: Vec<_> = cart
        .items
        .iter()
        .map(|item| (item.sku.id, item.num, item.available))
        .collect();
    assert_eq!(
        lines,
        [
            (tea.sku, 3, true),
            (cup.sku, 2, false),
            (gone.sku, 1, false)
        ]
    );
    assert_eq!(cart.total, money(240));
    let other = shop.buyer(0).await;
    assert_eq!(shop.carts.cart(other.id).await.unwrap().items, []);
}

#[tokio::test]
async fn none_takes_a_line_out_and_clearing_takes_all() {
    let shop = Shop::open().await;
    let (buyer, tea, cup) = (
        shop.buyer(0).await,
        shop.tea(5, 5).await,
        shop.tea(5, 5).await,
    );
    shop.carts.put(buyer.id, tea.sku, 1).await.unwrap();
    shop.carts.put(buyer.id, cup.sku, 1).await.unwrap();

    let cart = shop.carts.put(buyer.id, tea.sku, 0).await.unwrap();
    assert_eq!(cart.items.len(), 1);

    shop.carts.clear(buyer.id).await.unwrap();
    assert_eq!(shop.carts.cart(buyer.id).await.unwrap().items, []);
}

#[tokio::test]
async fn an_order_takes_the_cart_with_it_and_a_refused_one_leaves_it() {
    let shop = Shop::open().await;
    let (buyer, tea, cup) = (
        shop.buyer(0).await,
        shop.tea(5, 5).await,
        shop.tea(3, 1).await,
    );
    shop.carts.put(buyer.id, tea.sku, 2).await.unwrap();
    shop.carts.put(buyer.id, cup.sku, 2).await.unwrap();
    let order = wants(buyer, OrderItems::Cart);

    let error = shop
        .orders
        .place(order.clone(), place_key(&order, "k"))
        .await
        .unwrap_err();
    let OrderError::Refused(lines) = error else {
        panic!("{error:?}")
    };
    assert_eq!(lines[0].field, format!("cart.{}", cup.sku));
    assert_eq!(lines[0].sku, Some(cup.sku));
    assert_eq!(shop.carts.cart(buyer.id).await.unwrap().items.len(), 2);

    shop.carts.put(buyer.id, cup.sku, 1).await.unwrap();
    let placed = shop
        .orders
        .place(order.clone(), place_key(&order, "k"))
        .await
        .unwrap();
    assert_eq!(placed.value.total, money(13));
    assert_eq!(shop.carts.cart(buyer.id).await.unwrap().items, []);
}

#[tokio::test]
async fn a_line_that_is_off_sale_may_only_become_smaller() {
    let shop = Shop::open().await;
    let (buyer, tea, cup) = (
        shop.buyer(0).await,
        shop.tea(5, 9).await,
        shop.tea(3, 9).await,
    );
    shop.carts.put(buyer.id, tea.sku, 5).await.unwrap();
    shop.take_off_sale(tea).await;
    shop.take_off_sale(cup).await;

    let more = shop.carts.put(buyer.id, tea.sku, 6).await;
    let new = shop.carts.put(buyer.id, cup.sku, 1).await;
    assert!(matches!(more, Err(CartError::NotFound)));
    assert!(matches!(new, Err(CartError::NotFound)));

    let fewer = shop.carts.put(buyer.id, tea.sku, 2).await.unwrap();
    assert_eq!((fewer.items[0].num, fewer.items[0].available), (2, false));
    let none = shop.carts.put(buyer.id, tea.sku, 0).await.unwrap();
    assert_eq!(none.items, []);
}
