//! Statistics of orders.

use std::time::Duration;

use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use stampede_kernel::*;
use stampede_order::stats::*;
use stampede_order::*;
use stampede_persistence::entity::{order, sale};

use crate::shop::*;

const DAY: Duration = Duration::from_hours(24);

fn span(shop: &Shop, days: u32) -> DaySpan {
    DaySpan::last(days, shop.clock.now())
}

impl Shop {
    /// Makes an order one of a rehearsal's sale, which the shop of these tests has not.
    async fn rehearse(&self, id: OrderId) {
        let tx = self.db.db.begin_write().await.unwrap();
        let row = sale::ActiveModel {
            sku_id: Set(SkuId(1)),
            title: Set("Rehearsal".into()),
            price: Set(money(1)),
            per_user_limit: Set(1),
            starts_at: Set(Timestamp(0)),
            ends_at: Set(Timestamp(1)),
            state: Set(sale::SaleState::Open),
            config_version: Set(1),
            rehearsal: Set(true),
            created_at: Set(Timestamp(0)),
            ..Default::default()
        };
        let sale = sale::Entity::insert(row).exec(&tx).await.unwrap();
        let of_sale = order::ActiveModel {
            seckill_id: Set(Some(sale.last_insert_id)),
            ..Default::default()
        };
        let orders = order::Entity::update_many().set(of_sale);
        let orders = orders.filter(order::Column::Id.eq(id));
        orders.exec(&tx).await.unwrap();
        tx.commit().await.unwrap();
    }
}

#[tokio::test]
async fn a_shop_without_orders_has_figures_of_nothing() {
    let shop = Shop::open().await;
    let (db, span) = (&shop.db.db, span(&shop, 3));

    let orders = orders_by_day(db, span).await.unwrap();
    assert_eq!((orders.days.len(), orders.sum, orders.before), (3, 0, 0));
    assert!(orders.days.iter().all(|(_, count)| *count == 0));
    assert_eq!(units_held(db).await.unwrap(), 0);
    assert_eq!(best_sellers(db, span, 10).await.unwrap(), []);
    assert_eq!(paid_units(db, &[SALE]).await.unwrap(), []);
    assert_eq!(paid_units(db, &[]).await.unwrap(), []);
}

#[tokio::test]
async fn orders_are_counted_by_day_and_rehearsals_are_not() {
    let shop = Shop::open().await;
    let (buyer, tea) = (shop.buyer(0).await, shop.tea(5, 99).await);
    shop.place(buyer, tea, 1).await.unwrap();
    shop.clock.advance(DAY);
    shop.place(buyer, tea, 1).await.unwrap();
    shop.clock.advance(DAY);
    shop.place(buyer, tea, 1).await.unwrap();
    shop.place(buyer, tea, 1).await.unwrap();
    let unreal = shop.place(buyer, tea, 1).await.unwrap();
    shop.rehearse(unreal.id).await;

    let two = orders_by_day(&shop.db.db, span(&shop, 2)).await.unwrap();
    let counts: Vec<_> = two.days.iter().map(|(_, count)| *count).collect();

    assert_eq!(counts, [1, 2]);
    assert_eq!((two.sum, two.before), (3, 1));
    let one = orders_by_day(&shop.db.db, span(&shop, 1)).await.unwrap();
    assert_eq!((one.sum, one.before), (2, 1));
}

#[tokio::test]
async fn only_what_was_paid_is_sold_and_only_what_is_unpaid_is_held() {
    let shop = Shop::open().await;
    let db = &shop.db.db;
    let buyer = shop.buyer(1_000).await;
    let (green, black) = (shop.tea(5, 99).await, shop.tea(7, 99).await);
    for (tea, units) in [(green, 2), (black, 3), (black, 1)] {
        let order = shop.place(buyer, tea, units).await.unwrap();
        shop.pay(buyer, order.id).await.unwrap();
    }
    shop.place(buyer, green, 9).await.unwrap();
    let unreal = shop.place(buyer, green, 9).await.unwrap();
    shop.rehearse(unreal.id).await;

    let best = best_sellers(db, span(&shop, 1), 10).await.unwrap();

    let of = |tea: Tea, units, revenue| BestSeller {
        product_id: tea.product,
        units,
        revenue: money(revenue),
    };
    assert_eq!(best, [of(black, 4, 28), of(green, 2, 10)]);
    assert_eq!(best_sellers(db, span(&shop, 1), 1).await.unwrap().len(), 1);
    assert_eq!(units_held(db).await.unwrap(), 9);
}

#[tokio::test]
async fn an_admin_finds_an_order_by_its_beginning_and_reads_it_whole() {
    let shop = Shop::open().await;
    let (buyer, tea) = (shop.buyer(0).await, shop.tea(5, 9).await);
    let order = shop.place(buyer, tea, 1).await.unwrap();
    let other = shop.place(buyer, tea, 1).await.unwrap();
    let list = |text: &str| OrderFilter {
        id: Some(OrderIdPrefix::parse(text).unwrap()),
        ..OrderFilter::default()
    };

    let id = order.id.to_string();
    let found = shop.orders.orders(list(&id)).await.unwrap().items;
    assert_eq!(
        found.iter().map(|order| order.id).collect::<Vec<_>>(),
        [order.id]
    );
    let both = shop.orders.orders(list(&id[..6])).await.unwrap().items;
    assert_eq!(
        both.iter().map(|order| order.id).collect::<Vec<_>>(),
        [other.id, order.id]
    );
    assert_eq!(shop.orders.orders(list("0000")).await.unwrap().items, []);
    let of_sale = OrderFilter {
        sale: Some(SALE),
        ..OrderFilter::default()
    };
    assert_eq!(shop.orders.orders(of_sale).await.unwrap().items, []);

    let whole = shop.orders.order_of_anyone(order.id).await.unwrap();
    assert_eq!((whole.order.buyer, whole.history.len()), (buyer.id, 1));
    let absent = shop.orders.order_of_anyone(OrderId::new()).await;
    assert!(matches!(absent, Err(OrderError::NotFound)));
}
