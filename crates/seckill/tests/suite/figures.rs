//! The admins' list of sales, and what became of the claims in them.

use stampede_kernel::*;
use stampede_order::OrderService;
use stampede_seckill::*;

use crate::fixture::*;

#[tokio::test]
async fn a_sale_shows_its_claims_its_wins_and_what_was_paid() {
    let shop = Fixture::open().await;
    let sale = shop.sale(5, 1).await;
    let [first, second, third, lost] = shop.buyers(4).await.try_into().unwrap();
    let paid = shop.win(sale, first).await;
    shop.pay(first, paid.id).await.unwrap();
    shop.win(sale, second).await;
    let cancelled = shop.win(sale, third).await;
    shop.open
        .orders
        .cancel(third.id, cancelled.id)
        .await
        .unwrap();
    let nowhere = NewClaim {
        address: Some(AddressId(i64::MAX)),
        ..wants(sale, lost, 1, None)
    };
    assert!(shop.open.sales.claim(nowhere).await.is_err());

    let figures = shop.open.sales.conversions(Timestamp(0), 10).await.unwrap();

    assert_eq!(figures.len(), 1);
    let SaleConversion {
        sale: shown,
        claimed,
        won,
        paid,
    } = &figures[0];
    assert_eq!((shown.id, shown.total), (sale, 5));
    assert_eq!((*claimed, *won, *paid), (4, 3, 1));
    let later = shop
        .clock
        .now()
        .plus(std::time::Duration::from_hours(9_999));
    assert_eq!(shop.open.sales.conversions(later, 10).await.unwrap(), []);
}

#[tokio::test]
async fn admins_see_every_sale_page_by_page_but_rehearsals() {
    let shop = Fixture::open().await;
    let mut sales = Vec::new();
    for _ in 0..3 {
        sales.push(shop.sale(1, 1).await);
    }
    let rehearsal = NewSale {
        rehearsal: true,
        ..shop.new_sale(1, 1)
    };
    shop.open.sales.create(UserId(1), rehearsal).await.unwrap();
    shop.open.sales.cancel(UserId(1), sales[1]).await.unwrap();
    sales.reverse();

    let size = PageSize::new(2).unwrap();
    let first = shop.open.sales.all(size, None).await.unwrap();
    let rest = shop.open.sales.all(size, first.next.clone()).await.unwrap();

    let seen = first.items.iter().chain(&rest.items);
    assert_eq!(seen.map(|sale| sale.id).collect::<Vec<_>>(), sales);
    assert_eq!(first.items[1].status, SaleStatus::Cancelled);
    assert_eq!(rest.next, None);
    let other = Some(Cursor::new("orders", &1));
    let refused = shop.open.sales.all(size, other).await;
    assert!(matches!(refused, Err(SaleError::Cursor(_))));
}
