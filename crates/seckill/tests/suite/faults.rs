//! What is lost, and what is not.

use std::sync::Arc;

use stampede_seckill::*;

use crate::fixture::*;

#[tokio::test]
async fn nothing_that_was_confirmed_is_lost_with_the_gate() {
    let mut site = Site::open().await;
    let buyers = site.buyers(4).await;
    let sale = site.sale(3, 1).await;
    let claim = wants(sale, buyers[0], 1, Some("k"));
    let (order, _) = won(site.open.sales.claim(claim.clone()).await);
    site.win(sale, buyers[1]).await;

    site.restart().await;

    let (again, replayed) = won(site.open.sales.claim(claim).await);
    assert!(replayed && again.id == order.id);
    assert_eq!(ending(&site.claim(sale, buyers[1]).await), "limit");
    assert_eq!(ending(&site.claim(sale, buyers[2]).await), "won");
    assert_eq!(ending(&site.claim(sale, buyers[3]).await), "sold out");
    site.sound(sale).await;
}

#[tokio::test]
async fn a_dead_key_stays_dead_when_the_gate_is_lost() {
    let mut site = Site::open().await;
    let sale = site.sale(3, 1).await;
    let homeless = Buyer {
        id: site.stranger().await,
        home: site.buyer().await.home,
    };
    let claim = wants(sale, homeless, 1, Some("k"));
    let refused = site.open.sales.claim(claim.clone()).await;
    assert_eq!(ending(&refused), "address required");

    site.restart().await;

    let again = site.open.sales.claim(claim).await;
    assert_eq!(ending(&again), "address required");
    assert_eq!(site.left(sale).await, 3);
    site.sound(sale).await;
}

#[tokio::test]
async fn the_key_of_a_unit_that_came_back_takes_none_when_the_gate_is_lost() {
    let mut site = Site::open().await;
    let ann = site.buyer().await;
    let sale = site.sale(1, 1).await;
    let claim = wants(sale, ann, 1, Some("k"));
    let (order, _) = won(site.open.sales.claim(claim.clone()).await);
    let orders = site.open.orders.clone();
    stampede_order::OrderService::cancel(&orders, ann.id, order.id)
        .await
        .unwrap();
    site.give().await;

    site.restart().await;

    let (again, replayed) = won(site.open.sales.claim(claim).await);
    assert!(replayed && again.id == order.id);
    assert_eq!(site.left(sale).await, 1);
    site.sound(sale).await;
}

#[tokio::test]
async fn a_release_and_the_loss_of_the_gate_give_the_unit_back_once() {
    let mut site = Site::open().await;
    let buyers = site.buyers(2).await;
    let sale = site.sale(1, 1).await;
    let order = site.win(sale, buyers[0]).await;
    let orders = site.open.orders.clone();
    stampede_order::OrderService::cancel(&orders, buyers[0].id, order.id)
        .await
        .unwrap();

    // The gate that is loaded now has counted the unit; the job comes too late.
    site.restart().await;
    assert_eq!(site.left(sale).await, 1);
    site.give().await;

    assert_eq!((site.left(sale).await, site.open_gives().await), (1, 0));
    assert_eq!(ending(&site.claim(sale, buyers[1]).await), "won");
    site.sound(sale).await;
}

#[tokio::test]
async fn a_gate_that_admits_too_many_oversells_nothing() {
    let site = Site::open().await;
    let buyers = site.buyers(5).await;
    let sale = site.sale(5, 1).await;
    let before = site.stock_row(sale).await;
    // Somebody else's gate sold four of them, and this one has not heard of it.
    let sql = format!("UPDATE sale_stock SET total = 1 WHERE sale_id = {sale}");
    site.db.by_hand(&[&sql]).await;

    let claims = buyers.iter().map(|buyer| site.claim(sale, *buyer));
    let answers = futures::future::join_all(claims).await;

    let count = |word| answers.iter().filter(|one| ending(one) == word).count();
    assert_eq!((count("won"), count("ticket lost")), (1, 4));
    // Nobody waits for the gate to be loaded anew.
    while site.stock_row(sale).await.epoch == before.epoch {
        tokio::task::yield_now().await;
    }
    assert_eq!((site.taken(sale).await, site.order_count().await), (1, 1));
    site.open.sales.look_after().await;
    assert_eq!(site.left(sale).await, 0);
}

#[tokio::test]
async fn a_gate_with_an_old_memory_is_fenced() {
    let site = Site::open().await;
    let buyers = site.buyers(3).await;
    let sale = site.sale(2, 1).await;
    let other = Arc::new(MemoryGate::new(site.clock.clone()));
    let other = site.gateway(other, patient());

    // Each sells from a memory of its own: what the other sold, it has not seen.
    let first = other.sales.claim(wants(sale, buyers[0], 1, None)).await;
    let second = site.claim(sale, buyers[1]).await;
    let third = other.sales.claim(wants(sale, buyers[2], 1, None)).await;

    let endings = [ending(&first), ending(&second), ending(&third)];
    assert_eq!(endings, ["won", "won", "sold out"]);
    site.sound(sale).await;
}

#[tokio::test]
async fn one_process_sells_from_memory_and_the_next_one_when_it_is_gone() {
    let folder = std::env::temp_dir().join(format!("stampede-{}", uuid::Uuid::now_v7()));
    std::fs::create_dir(&folder).unwrap();
    let file = folder.join("shop.db");
    let site = Site::open().await;
    let ann = site.buyer().await;
    let sale = site.sale(2, 1).await;
    let gate = || Arc::new(MemoryGate::new(site.clock.clone()));
    let settings = patient;

    let first = site.owned(gate(), settings(), Owner::of_file(&file));
    let second = site.owned(gate(), settings(), Owner::of_file(&file));
    for gateway in [&first, &second] {
        gateway.sales.look_after().await;
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
        second.sales.look_after().await;
        tokio::task::yield_now().await;
    }
    let limit = second.sales.claim(wants(sale, ann, 1, None)).await;
    assert_eq!(ending(&limit), "limit");
    std::fs::remove_dir_all(folder).unwrap();
}
