//! The announcement of orders that a sale has booked: who hears of them, and what.

use sea_orm::sea_query::Expr;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use stampede_kernel::Clock;
use stampede_order::OrderAnnouncer;
use stampede_persistence::entity::{user, webhook};
use stampede_persistence::job::{JobError, Worker, Workers};

use crate::shop::*;

async fn verify(shop: &Shop, buyer: Buyer) {
    let address = format!("buyer{}@example.com", buyer.id.0);
    user::Entity::update_many()
        .col_expr(user::Column::Email, Expr::value(address.clone()))
        .col_expr(user::Column::VerifiedEmail, Expr::value(address))
        .filter(user::Column::Id.eq(buyer.id))
        .exec(shop.db.db.reader())
        .await
        .unwrap();
}

async fn listen(shop: &Shop, disabled: bool) {
    let now = shop.clock.now();
    let row = webhook::ActiveModel {
        url: Set("https://example.com/hook".to_owned()),
        events: Set(r#"["order.placed"]"#.to_owned()),
        secret: Set("0123456789abcdef".to_owned()),
        created_at: Set(now),
        disabled_at: Set(disabled.then_some(now)),
        ..Default::default()
    };
    let added = webhook::Entity::insert(row);
    added.exec(shop.db.db.reader()).await.unwrap();
}

fn announcer(shop: &Shop) -> OrderAnnouncer {
    OrderAnnouncer::new(shop.db.db.clone(), shop.clock.clone())
}

async fn announce(shop: &Shop) {
    let worker = std::sync::Arc::new(announcer(shop));
    let workers = Workers::new(shop.db.db.clone(), shop.clock.clone(), vec![worker]);
    while workers.run_due().await.unwrap() > 0 {}
}

#[tokio::test]
async fn a_batch_is_one_job_and_nobody_hears_of_it_who_cannot() {
    let shop = Shop::open().await;
    let (a, b, tea) = (
        shop.buyer(0).await,
        shop.buyer(0).await,
        shop.tea(5, 5).await,
    );
    listen(&shop, true).await;

    let orders = shop.book(&[a, b], tea).await;

    let jobs = shop.jobs("order.booked").await;
    assert_eq!(jobs.len(), 1);
    assert_eq!(jobs[0]["orders"][1], orders[1].id.to_string());
    announce(&shop).await;
    assert!(shop.jobs("mail.order").await.is_empty());
    assert!(shop.jobs("webhook.event").await.is_empty());
}

#[tokio::test]
async fn a_buyer_with_a_verified_address_is_mailed_and_whoever_listens_hears_of_every_order() {
    let shop = Shop::open().await;
    let (a, b, tea) = (
        shop.buyer(99).await,
        shop.buyer(0).await,
        shop.tea(5, 5).await,
    );
    verify(&shop, a).await;
    listen(&shop, false).await;
    let orders = shop.book(&[a, b], tea).await;
    // What becomes of the order meanwhile is told by jobs of its own.
    shop.pay(a, orders[0].id).await.unwrap();
    let paid = (
        shop.jobs("mail.order").await.len(),
        shop.jobs("webhook.event").await.len(),
    );

    announce(&shop).await;

    let mails = shop.jobs("mail.order").await.split_off(paid.0);
    assert_eq!(mails.len(), 1);
    assert_eq!(mails[0]["order_id"], orders[0].id.to_string());
    assert_eq!(
        (&mails[0]["event"], &mails[0]["language"]),
        (&"placed".into(), &"ja".into())
    );
    let mut events = shop.jobs("webhook.event").await.split_off(paid.1);
    events.sort_by_key(|event| event["order"]["id"] != orders[0].id.to_string());
    assert_eq!(events.len(), 2);
    for (event, order) in events.iter().zip(&orders) {
        assert_eq!(event["event"], "order.placed");
        assert_eq!(
            event["order"],
            serde_json::to_value(order).unwrap(),
            "as it was placed"
        );
    }
}

#[tokio::test]
async fn what_is_no_batch_is_given_up_and_orders_that_are_gone_are_passed_over() {
    let shop = Shop::open().await;
    let worker = announcer(&shop);

    let wrong = worker.run("{}").await;
    let gone = worker
        .run(r#"{"orders":["00000000-0000-7000-8000-000000000000"],"at":1}"#)
        .await;

    assert!(matches!(wrong, Err(JobError::Permanent(_))), "{wrong:?}");
    assert!(gone.is_ok(), "{gone:?}");
}

#[tokio::test]
async fn buyers_are_mailed_also_where_nobody_listens() {
    let shop = Shop::open().await;
    let (a, b, tea) = (
        shop.buyer(0).await,
        shop.buyer(0).await,
        shop.tea(5, 5).await,
    );
    verify(&shop, b).await;
    let orders = shop.book(&[a, b], tea).await;

    announce(&shop).await;

    let mails = shop.jobs("mail.order").await;
    assert_eq!(mails.len(), 1);
    assert_eq!(mails[0]["order_id"], orders[1].id.to_string());
    assert!(shop.jobs("webhook.event").await.is_empty());
}
