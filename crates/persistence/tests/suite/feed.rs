//! News reaches every process, also when ids become visible out of order.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use sea_orm::{ActiveValue::Set, DatabaseBackend, EntityTrait};
use stampede_kernel::{Clock, ManualClock, Timestamp};
use stampede_persistence::entity::feed as row;
use stampede_persistence::feed::{self, Tail};
use stampede_persistence::{Change, Database, Topic};
use stampede_test_support::TestDb;

/// A process that notes what it is told.
struct Listener {
    heard: Arc<Mutex<Vec<Change>>>,
    tail: Tail,
}

impl Listener {
    async fn at(db: &Database, clock: &Arc<ManualClock>) -> Self {
        let heard: Arc<Mutex<Vec<Change>>> = Arc::default();
        let notebook = Arc::clone(&heard);
        db.changes()
            .subscribe(move |change| notebook.lock().unwrap().push(change.clone()));
        let tail = Tail::open(db.clone(), clock.clone()).await.unwrap();
        Self { heard, tail }
    }

    /// What one poll brings.
    async fn poll(&mut self) -> Vec<Change> {
        self.tail.poll().await.unwrap();
        std::mem::take(&mut *self.heard.lock().unwrap())
    }
}

fn clock() -> Arc<ManualClock> {
    Arc::new(ManualClock::at(Timestamp(10_000_000)))
}

fn product(key: i64) -> Change {
    Change::Row(Topic::Product, key)
}

async fn tell(db: &Database, keys: &[i64], at: Timestamp) {
    let tx = db.begin_write().await.unwrap();
    feed::append(&tx, Topic::Product, keys, at).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn news_of_a_rolled_back_transaction_is_never_told() {
    let (shop, clock) = (TestDb::open().await, clock());
    let mut listener = Listener::at(&shop.db, &clock).await;

    let tx = shop.db.begin_write().await.unwrap();
    feed::append(&tx, Topic::Product, &[1], clock.now())
        .await
        .unwrap();
    drop(tx);
    tell(&shop.db, &[2], clock.now()).await;

    assert_eq!(listener.poll().await, [product(2)]);
}

#[tokio::test]
async fn news_is_told_once_and_old_news_not_at_all() {
    let (shop, clock) = (TestDb::open().await, clock());
    tell(&shop.db, &[1], clock.now()).await;
    let mut listener = Listener::at(&shop.db, &clock).await;

    tell(&shop.db, &[2, 3], clock.now()).await;
    tell(&shop.db, &[], clock.now()).await;

    assert_eq!(listener.poll().await, [product(2), product(3)]);
    assert_eq!(listener.poll().await, []);
    tell(&shop.db, &[2], clock.now()).await;
    assert_eq!(listener.poll().await, [product(2)]);
}

#[tokio::test]
async fn news_that_becomes_visible_late_is_still_told() {
    let (shop, clock) = (TestDb::open().await, clock());
    if shop.db.backend() == DatabaseBackend::Sqlite {
        return; // One writer: ids become visible in order.
    }
    let mut listener = Listener::at(&shop.db, &clock).await;

    let slow = shop.db.begin_write().await.unwrap();
    feed::append(&slow, Topic::Product, &[1], clock.now())
        .await
        .unwrap();
    clock.advance(Duration::from_secs(20));
    tell(&shop.db, &[2], clock.now()).await;
    assert_eq!(listener.poll().await, [product(2)]);
    slow.commit().await.unwrap();

    assert_eq!(listener.poll().await, [product(1)]);
    assert_eq!(listener.poll().await, []);
}

#[tokio::test]
async fn news_that_thousands_of_ids_have_overtaken_is_still_told() {
    let (shop, clock) = (TestDb::open().await, clock());
    if shop.db.backend() == DatabaseBackend::Sqlite {
        return; // One writer: ids become visible in order.
    }
    let slow = shop.db.begin_write().await.unwrap();
    feed::append(&slow, Topic::Product, &[1], clock.now())
        .await
        .unwrap();
    tell(&shop.db, &[2], clock.now()).await;
    let mut listener = Listener::at(&shop.db, &clock).await;
    let slower = shop.db.begin_write().await.unwrap();
    feed::append(&slower, Topic::Product, &[3], clock.now())
        .await
        .unwrap();

    let many: Vec<i64> = (10..2_510).collect();
    for keys in many.chunks(500) {
        tell(&shop.db, keys, clock.now()).await;
        clock.advance(Duration::from_secs(10));
        assert_eq!(listener.poll().await.len(), 500);
    }
    slow.commit().await.unwrap();
    slower.commit().await.unwrap();

    assert_eq!(listener.poll().await, [product(1), product(3)]);
    assert_eq!(listener.poll().await, []);
}

#[tokio::test]
async fn a_subscriber_that_panics_takes_no_other_news_along() {
    let (shop, clock) = (TestDb::open().await, clock());
    shop.db
        .changes()
        .subscribe(|change| assert_ne!(*change, product(1), "it cannot bear this one"));
    let mut listener = Listener::at(&shop.db, &clock).await;

    tell(&shop.db, &[1, 2], clock.now()).await;

    assert_eq!(listener.poll().await, [product(2)]);
    assert_eq!(listener.poll().await, []);
}

#[tokio::test]
async fn a_process_that_was_away_for_minutes_hears_what_it_missed() {
    let (shop, clock) = (TestDb::open().await, clock());
    let mut listener = Listener::at(&shop.db, &clock).await;

    tell(&shop.db, &[1], clock.now()).await;
    clock.advance(Duration::from_mins(10));

    assert_eq!(listener.poll().await, [product(1)]);
}

#[tokio::test]
async fn a_process_that_was_away_for_longer_than_news_is_kept_rebuilds_everything() {
    let (shop, clock) = (TestDb::open().await, clock());
    let mut listener = Listener::at(&shop.db, &clock).await;

    tell(&shop.db, &[1], clock.now()).await;
    clock.advance(Duration::from_mins(10) + Duration::from_millis(1));

    assert_eq!(listener.poll().await, [Change::Everything]);
    tell(&shop.db, &[2], clock.now()).await;
    assert_eq!(listener.poll().await, [product(2)]);
}

#[tokio::test]
async fn news_of_a_newer_release_is_passed_over() {
    let (shop, clock) = (TestDb::open().await, clock());
    let mut listener = Listener::at(&shop.db, &clock).await;
    let tx = shop.db.begin_write().await.unwrap();
    let unknown = row::ActiveModel {
        topic: Set("teleport".to_owned()),
        key: Set("x".to_owned()),
        at: Set(clock.now()),
        ..Default::default()
    };
    row::Entity::insert(unknown)
        .exec_without_returning(&tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();

    assert_eq!(listener.poll().await, []);
}
