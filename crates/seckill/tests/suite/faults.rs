//! What is lost, and what is not.

use std::sync::Arc;

use stampede_seckill::*;

use crate::fixture::*;

#[tokio::test]
async fn nothing_that_was_confirmed_is_lost_with_the_gate() {
    let mut fixture = Fixture::open().await;
    let buyers = fixture.buyers(4).await;
    let sale = fixture.sale(3, 1).await;
    let claim = wants(sale, buyers[0], 1, Some("k"));
    let (order, _) = won(fixture.open.sales.claim(claim.clone()).await);
    fixture.win(sale, buyers[1]).await;

    fixture.restart().await;

    let (again, replayed) = won(fixture.open.sales.claim(claim).await);
    assert!(replayed && again.id == order.id);
    assert_eq!(ending(&fixture.claim(sale, buyers[1]).await), "limit");
    assert_eq!(ending(&fixture.claim(sale, buyers[2]).await), "won");
    assert_eq!(ending(&fixture.claim(sale, buyers[3]).await), "sold out");
    fixture.sound(sale).await;
}

#[tokio::test]
async fn a_dead_key_stays_dead_when_the_gate_is_lost() {
    let mut fixture = Fixture::open().await;
    let sale = fixture.sale(3, 1).await;
    let homeless = Buyer {
        id: fixture.stranger().await,
        home: fixture.buyer().await.home,
    };
    let claim = wants(sale, homeless, 1, Some("k"));
    let refused = fixture.open.sales.claim(claim.clone()).await;
    assert_eq!(ending(&refused), "address required");

    fixture.restart().await;

    let again = fixture.open.sales.claim(claim).await;
    assert_eq!(ending(&again), "address required");
    assert_eq!(fixture.left(sale).await, 3);
    fixture.sound(sale).await;
}

#[tokio::test]
async fn the_key_of_a_unit_that_came_back_takes_none_when_the_gate_is_lost() {
    let mut fixture = Fixture::open().await;
    let ann = fixture.buyer().await;
    let sale = fixture.sale(1, 1).await;
    let claim = wants(sale, ann, 1, Some("k"));
    let (order, _) = won(fixture.open.sales.claim(claim.clone()).await);
    let orders = fixture.open.orders.clone();
    stampede_order::OrderService::cancel(&orders, ann.id, order.id)
        .await
        .unwrap();
    fixture.give().await;

    fixture.restart().await;

    let (again, replayed) = won(fixture.open.sales.claim(claim).await);
    assert!(replayed && again.id == order.id);
    assert_eq!(fixture.left(sale).await, 1);
    fixture.sound(sale).await;
}

#[tokio::test]
async fn a_release_and_the_loss_of_the_gate_give_the_unit_back_once() {
    let mut fixture = Fixture::open().await;
    let buyers = fixture.buyers(2).await;
    let sale = fixture.sale(1, 1).await;
    let order = fixture.win(sale, buyers[0]).await;
    let orders = fixture.open.orders.clone();
    stampede_order::OrderService::cancel(&orders, buyers[0].id, order.id)
        .await
        .unwrap();

    // The gate that is loaded now has counted the unit; the job comes too late.
    fixture.restart().await;
    assert_eq!(fixture.left(sale).await, 1);
    fixture.give().await;

    assert_eq!(
        (fixture.left(sale).await, fixture.open_gives().await),
        (1, 0)
    );
    assert_eq!(ending(&fixture.claim(sale, buyers[1]).await), "won");
    fixture.sound(sale).await;
}

#[tokio::test]
async fn a_gate_that_admits_too_many_oversells_nothing() {
    let fixture = Fixture::open().await;
    let buyers = fixture.buyers(5).await;
    let sale = fixture.sale(5, 1).await;
    let before = fixture.stock_row(sale).await;
    // Somebody else's gate sold four of them, and this one has not heard of it.
    let sql = format!("UPDATE sale_stock SET total = 1 WHERE sale_id = {sale}");
    fixture.db.by_hand(&[&sql]).await;

    let claims = buyers.iter().map(|buyer| fixture.claim(sale, *buyer));
    let answers = futures::future::join_all(claims).await;

    let count = |word| answers.iter().filter(|one| ending(one) == word).count();
    assert_eq!((count("won"), count("ticket lost")), (1, 4));
    // Nobody waits for the gate to be loaded anew.
    while fixture.stock_row(sale).await.epoch == before.epoch {
        tokio::task::yield_now().await;
    }
    assert_eq!(
        (fixture.taken(sale).await, fixture.order_count().await),
        (1, 1)
    );
    fixture.open.sales.maintain().await;
    assert_eq!(fixture.left(sale).await, 0);
}

#[tokio::test]
async fn a_gate_with_an_old_memory_is_fenced() {
    let fixture = Fixture::open().await;
    let buyers = fixture.buyers(3).await;
    let sale = fixture.sale(2, 1).await;
    let other = Arc::new(MemoryGate::new(fixture.clock.clone()));
    let other = fixture.gateway(other, patient());

    // Each sells from a memory of its own: what the other sold, it has not seen.
    let first = other.sales.claim(wants(sale, buyers[0], 1, None)).await;
    let second = fixture.claim(sale, buyers[1]).await;
    let third = other.sales.claim(wants(sale, buyers[2], 1, None)).await;

    let endings = [ending(&first), ending(&second), ending(&third)];
    assert_eq!(endings, ["won", "won", "sold out"]);
    fixture.sound(sale).await;
}

#[tokio::test]
async fn one_process_sells_from_memory_and_the_next_one_when_it_is_gone() {
    let folder = std::env::temp_dir().join(format!("stampede-{}", uuid::Uuid::now_v7()));
    std::fs::create_dir(&folder).unwrap();
    let file = folder.join("shop.db");
    let fixture = Fixture::open().await;
    let ann = fixture.buyer().await;
    let sale = fixture.sale(2, 1).await;
    let gate = || Arc::new(MemoryGate::new(fixture.clock.clone()));
    let settings = patient;

    let first = fixture.owned(gate(), settings(), SellerLock::of_file(&file));
    let second = fixture.owned(gate(), settings(), SellerLock::of_file(&file));
    for gateway in [&first, &second] {
        gateway.sales.maintain().await;
    }
    let refused = second.sales.claim(wants(sale, ann, 1, None)).await;
    assert_eq!(ending(&refused), "busy");
    assert_eq!(
        ending(&first.sales.claim(wants(sale, ann, 1, None)).await),
        "won"
    );
    // Who does not sell shows what the database has left.
    for gateway in [&first, &second] {
        assert_eq!(gateway.sales.sale(sale).await.unwrap().left, 1);
    }

    first.die();
    drop(first);
    while ending(&second.sales.claim(wants(sale, ann, 1, None)).await) == "busy" {
        second.sales.maintain().await;
        tokio::task::yield_now().await;
    }
    let limit = second.sales.claim(wants(sale, ann, 1, None)).await;
    assert_eq!(ending(&limit), "limit");
    std::fs::remove_dir_all(folder).unwrap();
}
