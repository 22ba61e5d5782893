//! Pools of connections.

use sea_orm::DatabaseBackend;
use stampede_test_support::TestDb;

/// The pool's maintenance may take a thread for ever (`database.rs` says why).
#[tokio::test]
async fn a_pool_has_no_maintenance() {
    let shop = TestDb::open().await;
    let reader = shop.db.reader();

    let (idle, lifetime) = match reader.get_database_backend() {
        DatabaseBackend::MySql => {
            let options = reader.get_mysql_connection_pool().options();
            (options.get_idle_timeout(), options.get_max_lifetime())
        }
        DatabaseBackend::Postgres => {
            let options = reader.get_postgres_connection_pool().options();
            (options.get_idle_timeout(), options.get_max_lifetime())
        }
        _ => {
            let options = reader.get_sqlite_connection_pool().options();
            (options.get_idle_timeout(), options.get_max_lifetime())
        }
    };

    assert_eq!((idle, lifetime), (None, None));
}
