//! Reading orders.

use stampede_kernel::*;
use stampede_order::*;

use crate::shop::*;

#[tokio::test]
async fn another_users_order_is_as_absent_as_one_that_never_was() {
    let shop = Shop::open().await;
    let (buyer, other, tea) = (
        shop.buyer(0).await,
        shop.buyer(0).await,
        shop.tea(5, 5).await,
    );
    let order = shop.place(buyer, tea, 1).await.unwrap();

    for id in [order.id, OrderId::new()] {
        let error = shop.orders.order(other.id, id).await.unwrap_err();
        assert!(matches!(error, OrderError::NotFound));
    }
}

#[tokio::test]
async fn a_buyer_sees_their_own_orders_newest_first_page_by_page() {
    let shop = Shop::open().await;
    let (buyer, other, tea) = (
        shop.buyer(99).await,
        shop.buyer(0).await,
        shop.tea(5, 9).await,
    );
    let mut mine = Vec::new();
    for _ in 0..5 {
        mine.push(shop.place(buyer, tea, 1).await.unwrap().id);
        shop.place(other, tea, 1).await.ok();
    }
    mine.reverse();
    let mut filter = OrderFilter {
        buyer: Some(buyer.id),
        size: PageSize::new(2).unwrap(),
        ..OrderFilter::default()
    };

    let mut seen = Vec::new();
    loop {
        let page = shop.orders.orders(filter.clone()).await.unwrap();
        seen.extend(page.items.iter().map(|order| order.id));
        assert!(page.items.iter().all(|order| order.lines.len() == 1));
        match page.next {
            Some(next) => filter.cursor = Some(next),
            None => break,
        }
    }
    assert_eq!(seen, mine);

    filter.status = Some(OrderStatus::Paid);
    let error = shop.orders.orders(filter.clone()).await.unwrap_err();
    assert!(matches!(error, OrderError::Cursor(_)));
    filter.cursor = None;
    assert_eq!(shop.orders.orders(filter.clone()).await.unwrap().items, []);
    shop.pay(buyer, mine[3]).await.unwrap();
    let page = shop.orders.orders(filter).await.unwrap();
    assert_eq!(page.items.len(), 1);
    assert_eq!(page.items[0].id, mine[3]);
    let all = shop.orders.orders(OrderFilter::default()).await.unwrap();
    assert_eq!(all.items.len(), 9);
}
