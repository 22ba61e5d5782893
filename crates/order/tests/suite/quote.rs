//! A quote says what the order will cost, and writes nothing.

use stampede_kernel::*;
use stampede_order::*;
use stampede_promotion::{Kind, Reason, Terms};

use crate::shop::*;

fn asks(buyer: Buyer, goods: OrderItems, codes: &[&str]) -> NewQuote {
    NewQuote {
        buyer: buyer.id,
        items: goods,
        address: Some(buyer.address),
        delivery: None,
        codes: codes.iter().copied().map(str::to_owned).collect(),
        language: Language::ZH,
    }
}

#[tokio::test]
async fn what_cannot_be_quoted_is_refused() {
    let shop = Shop::open().await;
    let (buyer, other) = (shop.buyer(0).await, shop.buyer(0).await);
    let tea = shop.tea(100, 5).await;
    let one = || items(&[(tea.sku, 1)]);

    let empty = shop.orders.quote(asks(buyer, OrderItems::Cart, &[])).await;
    assert!(matches!(empty, Err(OrderError::EmptyCart)), "{empty:?}");
    let none = shop.orders.quote(asks(buyer, items(&[]), &[])).await;
    assert!(matches!(none, Err(OrderError::Invalid(_))), "{none:?}");
    let invented = shop
        .orders
        .quote(asks(buyer, items(&[(SkuId(999_999), 1)]), &[]))
        .await;
    assert!(
        matches!(invented, Err(OrderError::Refused(_))),
        "{invented:?}"
    );
    let six = shop.orders.quote(asks(buyer, one(), &["x"; 6])).await;
    assert!(matches!(six, Err(OrderError::Invalid(_))), "{six:?}");
    let theirs = NewQuote {
        address: Some(other.address),
        ..asks(buyer, one(), &[])
    };
    let theirs = shop.orders.quote(theirs).await;
    assert!(
        matches!(theirs, Err(OrderError::AddressNotFound)),
        "{theirs:?}"
    );
}

#[tokio::test]
async fn a_bad_code_and_a_line_that_is_not_there_are_named_and_nothing_is_written() {
    let shop = Shop::open().await;
    let buyer = shop.buyer(0).await;
    let (tea, gone) = (shop.tea(100, 5).await, shop.tea(500, 1).await);
    let before = shop.digest().await;

    let goods = items(&[(gone.sku, 2), (tea.sku, 3)]);
    let quote = shop
        .orders
        .quote(asks(buyer, goods, &["nothing"]))
        .await
        .unwrap();

    let available: Vec<_> = quote.lines.iter().map(|line| line.available).collect();
    assert_eq!(available, [false, true]);
    assert_eq!(quote.totals.total, money(300), "of what is available");
    assert_eq!(quote.rejected[0].code, "nothing");
    assert_eq!(quote.rejected[0].reason, Reason::Unknown);
    assert_eq!(shop.digest().await, before);
}

#[tokio::test]
async fn an_order_costs_what_its_quote_said() {
    let shop = Shop::with(OrderSettings {
        tax_rate: TaxRate::new(700).unwrap(),
        ..OrderSettings::default()
    })
    .await;
    let buyer = shop.buyer(0).await;
    let (tea, pot) = (shop.tea(333, 90).await, shop.tea(1_999, 90).await);
    let bundle = Kind::BuyXGetY { buy: 2, get: 1 };
    shop.promote(Terms {
        code: None,
        ..terms("auto", bundle)
    })
    .await;
    shop.promote(terms("ten", Kind::Percent(1_000))).await;
    let flat = terms("flat", Kind::Amount(money(777)));
    shop.promote(Terms {
        combinable: false,
        ..flat
    })
    .await;
    shop.promote(Terms {
        min_items: money(5_000),
        ..terms("big", Kind::Percent(1_500))
    })
    .await;

    for codes in [
        &[][..],
        &["ten"],
        &["flat"],
        &["big"],
        &["ten", "big"],
        &["TEN", "ten"],
    ] {
        for (first, second) in [(1, 1), (3, 1), (5, 4), (1, 9)] {
            let goods = || items(&[(tea.sku, first), (pot.sku, second)]);
            let quote = shop
                .orders
                .quote(asks(buyer, goods(), codes))
                .await
                .unwrap();
            let order = NewOrder {
                codes: codes.iter().copied().map(str::to_owned).collect(),
                ..wants(buyer, goods())
            };
            let key = place_key(&order, &unique());
            let placed = match shop.orders.place(order, key).await {
                Ok(placed) => placed.value,
                Err(OrderError::Rejected(rejected)) => {
                    assert_eq!(rejected, quote.rejected);
                    continue;
                }
                Err(error) => panic!("{error}"),
            };
            assert_eq!(quote.rejected, []);
            assert_eq!(placed.totals(), quote.totals);
            assert_eq!(placed.promotions, quote.promotions);
            let of_order: Vec<_> = placed.lines.iter().map(|line| line.discount).collect();
            let of_quote: Vec<_> = quote.lines.iter().map(|line| line.discount).collect();
            assert_eq!(of_order, of_quote);
        }
    }
    shop.sound().await;
}
