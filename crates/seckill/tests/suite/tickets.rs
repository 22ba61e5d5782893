//! 202 and what comes of it: a ticket always ends won or refused.

use std::sync::Arc;
use std::time::Duration;

use sea_orm::{ActiveValue::Set, EntityTrait};
use stampede_kernel::*;
use stampede_persistence::entity::{order, order_line, user};
use stampede_seckill::TicketRefusal;
use stampede_seckill::*;
use uuid::Uuid;

use crate::fixture::*;

#[tokio::test]
async fn a_commit_that_takes_long_is_told_as_a_ticket_and_any_gateway_ends_it() {
    let fixture = Fixture::open().await;
    let ann = fixture.buyer().await;
    let sale = fixture.sale(1, 1).await;
    let book = Arc::new(StuckBook::default());
    let stuck = fixture.gateway_with(fixture.open.gate.clone(), impatient(), |dependencies| {
        dependencies.sale_orders = book.clone();
    });

    let ticket = admitted(&stuck, &wants(sale, ann, 1, Some("k"))).await;
    assert_eq!(ticket.status, TicketStatus::Pending);
    book.asked().await;

    // The same key at a gateway that works: it commits at once.
    let (order, replayed) = won(fixture
        .open
        .sales
        .claim(wants(sale, ann, 1, Some("k")))
        .await);
    assert!(!replayed);
    for gateway in [&fixture.open, &stuck] {
        let ticket = gateway.sales.ticket(ann.id, sale, ticket.id).await.unwrap();
        assert_eq!(ticket.status, TicketStatus::Won(order.id));
    }
    fixture.sound(sale).await;
}

#[tokio::test]
async fn whoever_asks_about_a_pending_ticket_commits_it() {
    let fixture = Fixture::open().await;
    let ann = fixture.buyer().await;
    let sale = fixture.sale(1, 1).await;
    let stuck = fixture.gateway_with(fixture.open.gate.clone(), impatient(), |dependencies| {
        dependencies.sale_orders = Arc::new(StuckBook::default());
    });
    let ticket = admitted(&stuck, &wants(sale, ann, 1, None)).await;
    stuck.die();

    let ticket = fixture
        .open
        .sales
        .ticket(ann.id, sale, ticket.id)
        .await
        .unwrap();

    assert!(matches!(ticket.status, TicketStatus::Won(_)));
    assert_eq!(fixture.taken(sale).await, 1);
    fixture.sound(sale).await;
}

#[tokio::test]
async fn an_order_of_a_sale_is_named_in_the_language_of_the_claim() {
    let fixture = Fixture::open().await;
    let (ann, ben) = (fixture.buyer().await, fixture.buyer().await);
    let sale = fixture.sale(2, 1).await;

    let japanese = NewClaim {
        language: Language::JA,
        ..wants(sale, ann, 1, None)
    };
    let named = async |claim| match fixture.open.sales.claim(claim).await {
        Ok(Claimed::Won { order, .. }) => order.lines[0].name.clone(),
        other => panic!("{other:?}"),
    };

    assert_eq!(named(japanese).await, "煎茶");
    assert_eq!(named(wants(sale, ben, 1, None)).await, "Sencha");
}

#[tokio::test]
async fn what_a_gateway_that_died_left_behind_is_adopted() {
    let fixture = Fixture::open().await;
    let buyers = fixture.buyers(3).await;
    let japanese = user::ActiveModel {
        language: Set("ja".into()),
        ..Default::default()
    };
    user::Entity::update_many()
        .set(japanese)
        .exec(fixture.db.db.reader())
        .await
        .unwrap();
    let sale = fixture.sale(5, 1).await;
    let stuck = fixture.gateway_with(fixture.open.gate.clone(), impatient(), |dependencies| {
        dependencies.sale_orders = Arc::new(StuckBook::default());
    });
    // Who comes after the first batch is told that the sale is busy, and nothing else
    // happens; on a slow machine the first ones are, too, and claim again.
    let mut pending = 0;
    while pending == 0 {
        let claims = buyers
            .iter()
            .map(|buyer| stuck.sales.claim(wants(sale, *buyer, 1, None)));
        for claimed in futures::future::join_all(claims).await {
            match ending(&claimed) {
                "pending" => pending += 1,
                "busy" => {}
                other => panic!("{other}"),
            }
        }
    }
    stuck.die();

    while fixture.taken(sale).await < pending {
        fixture.open.sales.maintain().await;
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert_eq!(fixture.taken(sale).await, pending);
    // What only the gate remembers speaks the language in which its user signed in last.
    let orders = order::Entity::find()
        .all(fixture.db.db.reader())
        .await
        .unwrap();
    assert!(
        orders.iter().all(|order| order.language == "ja"),
        "{orders:?}"
    );
    let lines = order_line::Entity::find().all(fixture.db.db.reader()).await;
    let lines = lines.unwrap();
    assert!(lines.iter().all(|line| line.name == "煎茶"), "{lines:?}");
    fixture.sound(sale).await;
}

#[tokio::test]
async fn a_ticket_that_nobody_knows_any_more_is_refused_for_good() {
    let mut fixture = Fixture::open().await;
    let ann = fixture.buyer().await;
    let sale = fixture.sale(1, 1).await;
    let stuck = fixture.gateway_with(fixture.open.gate.clone(), impatient(), |dependencies| {
        dependencies.sale_orders = Arc::new(StuckBook::default());
    });
    let claim = wants(sale, ann, 1, Some("k"));
    let ticket = admitted(&stuck, &claim).await;
    stuck.die();
    fixture.restart().await;

    let polled = fixture
        .open
        .sales
        .ticket(ann.id, sale, ticket.id)
        .await
        .unwrap();
    assert_eq!(polled.status, TicketStatus::Refused(TicketRefusal::Lost));
    // The gate does not know the ticket, then learns of it by an edit, a restart, a pause.
    let lost = async |fixture: &Fixture| ending(&fixture.open.sales.claim(claim.clone()).await);
    assert_eq!(lost(&fixture).await, "ticket lost");
    let renamed = SaleChange {
        title: Some("Last chance".into()),
        ..SaleChange::default()
    };
    fixture
        .open
        .sales
        .change(ADMIN, sale, renamed)
        .await
        .unwrap();
    assert_eq!(lost(&fixture).await, "ticket lost");
    fixture.restart().await;
    assert_eq!(lost(&fixture).await, "ticket lost");
    fixture.open.sales.pause(ADMIN, sale).await.unwrap();
    assert_eq!(lost(&fixture).await, "ticket lost");
    fixture.open.sales.resume(ADMIN, sale).await.unwrap();
    // Nothing remembers what the lost claim was of: another one hears the same.
    let other = NewClaim {
        address: Some(ann.home),
        ..claim.clone()
    };
    assert_eq!(
        ending(&fixture.open.sales.claim(other).await),
        "ticket lost"
    );
    // The unit is there for whoever comes with a new key.
    let again = fixture
        .open
        .sales
        .claim(wants(sale, ann, 1, Some("l")))
        .await;
    assert_eq!(ending(&again), "won");
    fixture.sound(sale).await;
}

#[tokio::test]
async fn a_ticket_of_somebody_elses_and_an_invented_one_do_not_exist() {
    let fixture = Fixture::open().await;
    let (ann, bob) = (fixture.buyer().await, fixture.buyer().await);
    let sale = fixture.sale(1, 1).await;
    let ids = TicketIds::new(&SECRET.into());
    let anns = Uuid::from(ids.of(sale, ann.id, Some("k")).unwrap());
    won(fixture
        .open
        .sales
        .claim(wants(sale, ann, 1, Some("k")))
        .await);

    let mine = fixture.open.sales.ticket(ann.id, sale, anns).await.unwrap();
    assert!(matches!(mine.status, TicketStatus::Won(_)));
    for (who, where_, which) in [
        (bob.id, sale, anns),
        (ann.id, SaleId(404), anns),
        (ann.id, sale, Uuid::now_v7()),
        (ann.id, sale, Uuid::nil()),
    ] {
        let refused = fixture.open.sales.ticket(who, where_, which).await;
        assert!(matches!(refused, Err(SaleError::NotFound)), "{refused:?}");
    }
    assert_eq!(fixture.ticket_count(sale).await, 1);
}
