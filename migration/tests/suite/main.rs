//! The schema goes up and down, once, whoever asks and however many at once.
// Tells clippy that helper functions are tests, too.
#![cfg(test)]

use sea_orm::{ConnectionTrait, DatabaseBackend, EntityTrait, QueryOrder, TransactionTrait};
use stampede_kernel::{SkuId, Timestamp};
use stampede_migration::{MigrateError, down, status, steps, up};
use stampede_persistence::entity::{marker, price_history, sku, user};
use stampede_test_support::TestDb;

async fn applied(url: &str) -> usize {
    let steps = status(url).await.unwrap();
    steps.iter().filter(|(_, applied)| *applied).count()
}

#[tokio::test]
async fn a_schema_of_a_newer_release_is_refused() {
    let shop = TestDb::open().await;
    let tx = shop.db.begin_write().await.unwrap();
    tx.execute_unprepared(
        "INSERT INTO seaql_migrations (version, applied_at) VALUES ('m9999_teleport', 0)",
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();

    let refusals = [
        up(&shop.url).await.unwrap_err(),
        down(&shop.url).await.unwrap_err(),
        status(&shop.url).await.unwrap_err(),
    ];

    for refusal in refusals {
        assert!(
            matches!(&refusal, MigrateError::Newer(step) if step == "m9999_teleport"),
            "{refusal}"
        );
    }
}

#[tokio::test]
async fn four_processes_that_start_at_once_on_an_empty_database_all_succeed() {
    let shop = TestDb::empty().await;

    let starting = (0..4).map(|_| {
        let url = shop.url.clone();
        tokio::spawn(async move { up(&url).await })
    });
    for outcome in futures::future::join_all(starting).await {
        outcome.unwrap().unwrap();
    }

    assert_eq!(applied(&shop.url).await, steps().count());
}

#[tokio::test]
async fn a_second_run_changes_nothing() {
    let shop = TestDb::open().await;
    stampede_persistence::marker::agree(&shop.db, "kept", "yes")
        .await
        .unwrap();

    up(&shop.url).await.unwrap();

    let kept = marker::Entity::find_by_id("kept")
        .one(shop.db.reader())
        .await;
    assert_eq!(kept.unwrap().unwrap().value, "yes");
}

#[tokio::test]
async fn every_step_can_be_taken_back_and_applied_again() {
    let shop = TestDb::empty().await;
    assert_eq!(applied(&shop.url).await, 0);
    up(&shop.url).await.unwrap();

    for left in (0..steps().count()).rev() {
        down(&shop.url).await.unwrap();
        assert_eq!(applied(&shop.url).await, left);
    }
    down(&shop.url).await.unwrap();
    up(&shop.url).await.unwrap();

    assert_eq!(applied(&shop.url).await, steps().count());
}

#[tokio::test]
async fn the_status_of_a_shop_that_is_open_can_be_asked() {
    let shop = TestDb::open().await;
    let reading = shop.db.reader().begin().await.unwrap();
    marker::Entity::find().all(&reading).await.unwrap();

    let steps = status(&shop.url).await.unwrap();

    assert!(steps.iter().all(|(_, applied)| *applied));
    assert_eq!(steps[0].0, "m0001_platform");
}

#[tokio::test]
async fn the_status_of_a_database_that_is_not_there_makes_none() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("deep").join("shop.db");
    let url = format!("sqlite://{}?mode=rwc", file.display());

    let steps = status(&url).await.unwrap();

    assert!(steps.iter().all(|(_, applied)| !*applied));
    assert!(!folder.path().join("deep").exists());

    let empty = TestDb::empty().await;
    assert_eq!(applied(&empty.url).await, 0);
    let looked = (empty.db.reader())
        .execute_unprepared("SELECT version FROM seaql_migrations")
        .await;
    assert!(looked.is_err(), "there is a table of steps");
}

#[tokio::test]
async fn the_status_does_not_wait_for_a_writer() {
    let shop = TestDb::open().await;
    let writing = shop.db.begin_write().await.unwrap();
    writing
        .execute_unprepared("UPDATE marker SET value = value")
        .await
        .unwrap();

    assert_eq!(applied(&shop.url).await, steps().count());
    writing.rollback().await.unwrap();
}

/// Takes steps back until `name` is not applied any more.
async fn before(shop: &TestDb, name: &str) {
    up(&shop.url).await.unwrap();
    let is_applied = async || {
        let steps = status(&shop.url).await.unwrap();
        steps
            .into_iter()
            .any(|(step, applied)| step == name && applied)
    };
    while is_applied().await {
        down(&shop.url).await.unwrap();
    }
}

#[tokio::test]
async fn a_sku_from_before_has_its_price_since_its_products_last_change() {
    let shop = TestDb::empty().await;
    before(&shop, "m0019_price_history").await;
    let no = match shop.db.reader().get_database_backend() {
        DatabaseBackend::Postgres => "false",
        _ => "0",
    };
    let tx = shop.db.begin_write().await.unwrap();
    for sql in [
        format!(
            "INSERT INTO product (id, category_id, name, title, info, on_sale, pay_price, view, \
             created_at, updated_at) VALUES (1, 1, 'Tea', '', '', {no}, 80, 0, 5, 9)"
        ),
        "INSERT INTO sku (id, product_id, options, price, discount_price, num, created_at) \
         VALUES (1, 1, '{}', 100, 80, 0, 5), (2, 1, '{}', 200, NULL, 0, 12)"
            .to_owned(),
    ] {
        tx.execute_unprepared(&sql).await.unwrap();
    }
    tx.commit().await.unwrap();

    up(&shop.url).await.unwrap();

    let history = price_history::Entity::find().order_by_asc(price_history::Column::Id);
    let history = history.all(shop.db.reader()).await.unwrap();
    let history: Vec<_> = (history.iter())
        .map(|row| (row.sku_id, row.price.minor(), row.since))
        .collect();
    let expected = [(SkuId(1), 80, Timestamp(9)), (SkuId(2), 200, Timestamp(12))];
    assert_eq!(history, expected);
    let skus = sku::Entity::find().order_by_asc(sku::Column::Id);
    let skus = skus.all(shop.db.reader()).await.unwrap();
    let since: Vec<_> = (skus.iter())
        .map(|sku| (sku.price_since, sku.lowest_30_days))
        .collect();
    assert_eq!(
        since,
        [(Some(Timestamp(9)), None), (Some(Timestamp(12)), None)]
    );
}

/// One user as the release before wrote it.
fn user_before(id: i64, email: &str, proven: bool) -> String {
    let proven = if proven {
        format!("'{email}'")
    } else {
        "NULL".to_owned()
    };
    format!(
        "INSERT INTO {{user}} (id, user_name, name_key, nick_name, password_hash, email, \
         verified_email, role, status, language, rehearsal, created_at, updated_at) VALUES \
         ({id}, 'u{id}', 'u{id}', 'u{id}', '!', '{email}', {proven}, 'customer', 'active', 'en', \
         {{false}}, 1, 1)"
    )
}

#[tokio::test]
async fn one_mailbox_in_two_spellings_stays_with_the_older_account() {
    let shop = TestDb::empty().await;
    before(&shop, "m0013_people").await;
    let (table, no) = match shop.db.reader().get_database_backend() {
        DatabaseBackend::MySql => ("`user`", "0"),
        DatabaseBackend::Sqlite => ("\"user\"", "0"),
        _ => ("\"user\"", "false"),
    };
    let tx = shop.db.begin_write().await.unwrap();
    for (id, email, proven) in [
        (1, "alice@example.com", true),
        (2, "kim@b\u{fc}cher.example", true),
        (3, "kim@bu\u{308}cher.example", true),
        (4, "lee@xn--bcher-kva.example", true),
        (5, "lee@b\u{fc}cher.example", true),
        (6, "pat@b\u{fc}cher.example", false),
        (7, "a..b@example.com", true),
    ] {
        let insert = user_before(id, email, proven);
        let insert = insert.replace("{user}", table).replace("{false}", no);
        tx.execute_unprepared(&insert).await.unwrap();
    }
    tx.commit().await.unwrap();

    up(&shop.url).await.unwrap();

    let users = user::Entity::find().order_by_asc(user::Column::Id);
    let users = users.all(shop.db.reader()).await.unwrap();
    let users: Vec<_> = (users.iter())
        .map(|user| {
            (
                user.email.as_deref().unwrap(),
                user.verified_email.is_some(),
            )
        })
        .collect();
    assert_eq!(
        users,
        [
            ("alice@example.com", true),
            ("kim@xn--bcher-kva.example", true),
            ("kim@xn--bcher-kva.example", false),
            ("lee@xn--bcher-kva.example", true),
            ("lee@xn--bcher-kva.example", false),
            ("pat@xn--bcher-kva.example", false),
            ("a..b@example.com", true),
        ]
    );
}
