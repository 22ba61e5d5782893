//! Stock by an admin's hand and by orders.

use stampede_catalog::*;
use stampede_kernel::{SkuId, Timestamp};
use stampede_persistence::idempotency::{Idempotency, IdempotencyError};

use crate::shop::{ADMIN, Shop};

fn movement(sku: SkuId, delta: i64) -> StockMove {
    StockMove {
        sku,
        delta,
        reason: "count".into(),
    }
}

fn key(text: &str, movement: &StockMove) -> Idempotency {
    let scope = format!("POST /sku/{}/stock", movement.sku);
    Idempotency::of(ADMIN, scope, text.into(), movement)
}

fn order(reference: &str) -> StockCause<'_> {
    StockCause {
        reason: "order",
        reference,
        at: Timestamp(2_000),
    }
}

#[tokio::test]
async fn stock_never_falls_below_zero_and_an_unknown_sku_has_none() {
    let shop = Shop::open().await;
    let sku = shop.product(100, 3).await.skus[0].id;

    let short = shop.stock.move_stock(ADMIN, movement(sku, -4), None).await;
    let unknown = movement(SkuId(999), 1);
    let unknown = shop.stock.move_stock(ADMIN, unknown, None).await;
    let endless = movement(sku, 1_000_000_000);
    let endless = shop.stock.move_stock(ADMIN, endless, None).await;

    assert!(matches!(short, Err(StockError::Insufficient)));
    assert!(matches!(unknown, Err(StockError::NotFound)));
    assert!(matches!(
        endless,
        Err(StockError::Invalid(ref fault)) if fault.field == "delta"
    ));
    assert_eq!(shop.journal(sku).await, [3]);
    assert_eq!(shop.acts("sku.stock").await, 0);
}

#[tokio::test]
async fn fifty_takers_of_ten_units_are_ten_winners_and_the_journal_says_so() {
    let shop = Shop::open().await;
    let tea = shop.product(100, 10).await;
    let sku = tea.skus[0].id;

    let takers = (0..50).map(|_| shop.stock.move_stock(ADMIN, movement(sku, -1), None));
    let outcomes = futures::future::join_all(takers).await;

    let won = outcomes.iter().filter(|outcome| outcome.is_ok()).count();
    let short = |outcome: &Result<_, _>| matches!(outcome, Err(StockError::Insufficient));
    assert_eq!(won, 10);
    assert_eq!(outcomes.iter().filter(|outcome| short(outcome)).count(), 40);
    assert_eq!(shop.now(tea.id).await.skus[0].num, 0);
    assert_eq!(shop.journal(sku).await.iter().sum::<i64>(), 0);
    assert_eq!(shop.news("stock", tea.id.0).await, 10);
}

#[tokio::test]
async fn the_same_key_moves_stock_once_and_another_command_under_it_is_refused() {
    let shop = Shop::open().await;
    let sku = shop.product(100, 3).await.skus[0].id;
    let (more, other) = (movement(sku, 2), movement(sku, 5));
    let short = movement(sku, -9);

    let early = shop
        .stock
        .move_stock(ADMIN, short.clone(), Some(key("b", &short)))
        .await;
    assert!(matches!(early, Err(StockError::Insufficient)));
    let first = shop
        .stock
        .move_stock(ADMIN, more.clone(), Some(key("a", &more)));
    let (sku_then, replayed) = first.await.unwrap();
    assert_eq!((sku_then.num, replayed), (5, false));
    let again = shop
        .stock
        .move_stock(ADMIN, more.clone(), Some(key("a", &more)));
    assert_eq!(again.await.unwrap(), (sku_then, true));
    let reused = shop
        .stock
        .move_stock(ADMIN, other.clone(), Some(key("a", &other)));
    assert!(matches!(
        reused.await,
        Err(StockError::Idempotency(IdempotencyError::Reused))
    ));
    assert_eq!(shop.journal(sku).await, [3, 2]);
}

#[tokio::test]
async fn an_order_takes_all_its_lines_or_none() {
    let shop = Shop::open().await;
    let (tea, cup) = (shop.product(100, 5).await, shop.product(200, 1).await);
    let lines = |cups| {
        [
            StockLine {
                sku: cup.skus[0].id,
                units: cups,
            },
            StockLine {
                sku: tea.skus[0].id,
                units: 3,
            },
        ]
    };

    let tx = shop.db.db.begin_write().await.unwrap();
    let refused = shop.stock.reserve(&tx, &lines(2), order("o1")).await;
    let short = ShortLine {
        index: 0,
        sku: cup.skus[0].id,
        why: Shortfall::Insufficient,
    };
    assert!(matches!(refused, Err(StockLedgerError::Short(lines)) if lines == [short]));
    drop(tx);
    let tx = shop.db.db.begin_write().await.unwrap();
    let taken = shop.stock.reserve(&tx, &lines(1), order("o2")).await;
    tx.commit().await.unwrap();

    let taken = taken.unwrap();
    assert_eq!(taken[0].sku.id, cup.skus[0].id);
    assert_eq!((taken[1].units, taken[1].sku.num), (3, 2));
    assert_eq!(shop.journal(tea.skus[0].id).await, [5, -3]);

    let tx = shop.db.db.begin_write().await.unwrap();
    let back = shop.stock.release(&tx, &lines(1), order("o2")).await;
    tx.commit().await.unwrap();
    back.unwrap();
    assert_eq!(shop.now(tea.id).await.skus[0].num, 5);
    assert_eq!(shop.now(cup.id).await.skus[0].num, 1);
}

#[tokio::test]
async fn what_is_off_sale_cannot_be_ordered_but_comes_back() {
    let shop = Shop::open().await;
    let tea = shop.product(100, 5).await;
    let line = [StockLine {
        sku: tea.skus[0].id,
        units: 1,
    }];
    let none = [StockLine {
        units: 0,
        ..line[0]
    }];
    shop.products.take_off_sale(ADMIN, tea.id).await.unwrap();

    let tx = shop.db.db.begin_write().await.unwrap();
    let empty = shop.stock.reserve(&tx, &none, order("o0")).await;
    assert!(matches!(empty, Err(StockLedgerError::NoUnits(_))));
    let refused = shop.stock.reserve(&tx, &line, order("o1")).await;
    assert!(
        matches!(refused, Err(StockLedgerError::Short(lines)) if lines[0].why == Shortfall::NotOnSale)
    );
    drop(tx);
    let tx = shop.db.db.begin_write().await.unwrap();
    let back = shop.stock.release(&tx, &line, order("o1")).await;
    tx.commit().await.unwrap();

    back.unwrap();
    assert_eq!(shop.now(tea.id).await.skus[0].num, 6);
}

#[tokio::test]
async fn a_rehearsal_takes_what_is_off_sale_and_no_more_than_there_is() {
    let shop = Shop::open().await;
    let tea = shop.product(100, 5).await;
    let sku = tea.skus[0].id;
    shop.products.take_off_sale(ADMIN, tea.id).await.unwrap();
    let tx = shop.db.db.begin_write().await.unwrap();
    let take = |sku, units| {
        shop.stock
            .withdraw(&tx, StockLine { sku, units }, order("s1"))
    };

    let none = take(sku, 0).await;
    let unknown = take(SkuId(999), 1).await;
    let more = take(sku, 6).await;
    take(sku, 5).await.unwrap();
    tx.commit().await.unwrap();

    assert!(matches!(none, Err(StockLedgerError::NoUnits(_))));
    assert!(matches!(unknown, Err(StockLedgerError::Unknown(_))));
    assert!(matches!(more, Err(StockLedgerError::Insufficient(_))));
    assert_eq!(shop.journal(sku).await, [5, -5]);
}
