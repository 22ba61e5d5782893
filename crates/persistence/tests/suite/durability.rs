//! The shop says when the database will not keep what it acknowledges.

use sea_orm::DatabaseBackend;
use stampede_persistence::{Database, Pool};
use stampede_test_support::TestDb;

/// The private test servers may run without fsync; that is theirs to say.
async fn warnings_but_fsync(db: &Database) -> Vec<String> {
    let mut warnings = db.durability_warnings().await.unwrap();
    warnings.retain(|warning| !warning.starts_with("fsync is off"));
    warnings
}

#[tokio::test]
async fn careful_settings_raise_no_warning() {
    let shop = TestDb::open().await;

    assert_eq!(warnings_but_fsync(&shop.db).await, Vec::<String>::new());
}

#[tokio::test]
async fn commits_that_do_not_wait_for_the_disk_raise_a_warning() {
    let shop = TestDb::open().await;
    if shop.db.backend() != DatabaseBackend::Postgres {
        return; // Elsewhere this is a setting of the whole server.
    }
    let url = format!("{}?options=-c%20synchronous_commit%3Doff", shop.url);
    let careless = Database::connect(&url, Pool::default()).await.unwrap();

    let warnings = warnings_but_fsync(&careless).await;

    assert_eq!(
        warnings,
        ["synchronous_commit is off: a power cut can lose acknowledged changes"]
    );
}
