//! One database per test.

use sea_orm::{
    ConnectOptions, ConnectionTrait, Database as Server, DatabaseBackend, DatabaseConnection,
    DbErr, Statement,
};
use stampede_persistence::{Database, Pool};
use uuid::Uuid;

/// A migrated database that nobody else uses; gone when dropped.
#[derive(Debug)]
pub struct TestDb {
    /// The open pools.
    pub db: Database,
    /// Where it is, for a second process.
    pub url: String,
    place: Place,
}

#[derive(Debug)]
enum Place {
    Folder(#[expect(dead_code, reason = "deletes the folder when dropped")] tempfile::TempDir),
    Server { url: String, name: String },
}

impl TestDb {
    /// Makes, migrates and opens a database.
    ///
    /// # Panics
    ///
    /// When the server cannot be reached or the schema does not apply.
    pub async fn open() -> Self {
        let empty = Self::empty().await;
        stampede_migration::up(&empty.url)
            .await
            .expect("the schema applies to an empty database");
        empty
    }

    /// Makes and opens a database without a schema, for tests of the migration.
    ///
    /// # Panics
    ///
    /// When the server cannot be reached.
    pub async fn empty() -> Self {
        let (url, place) = match std::env::var("TEST_DATABASE_URL") {
            Ok(server) => on_server(server).await,
            Err(_) => in_folder(),
        };
        let pool = Pool {
            connections: 8,
            ..Pool::default()
        };
        let db = Database::connect(&url, pool)
            .await
            .expect("the fresh database opens");
        Self { db, url, place }
    }
}

fn in_folder() -> (String, Place) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let url = format!("sqlite://{}", folder.path().join("test.db").display());
    (url, Place::Folder(folder))
}

async fn on_server(server: String) -> (String, Place) {
    let name = format!("stampede_{}", Uuid::now_v7().simple());
    let admin = administer(&server).await.expect("the test server answers");
    admin
        .execute_unprepared(&format!("CREATE DATABASE {name}"))
        .await
        .expect("a new database");
    admin.close().await.expect("the admin connection closes");
    let (base, _) = server.rsplit_once('/').expect("the URL names a database");
    (
        format!("{base}/{name}"),
        Place::Server { url: server, name },
    )
}

impl Drop for TestDb {
    /// Drops the database from a thread of its own: the test's runtime may be
    /// ending. A failure leaves it behind in the private server, which goes too.
    fn drop(&mut self) {
        let Place::Server { url, name } = &self.place else {
            return;
        };
        let (url, name) = (url.clone(), name.clone());
        let dropping = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build();
            runtime.map(|runtime| runtime.block_on(drop_database(&url, &name)))
        });
        let _ = dropping.join();
    }
}

/// Ends the database's connections first: one may still be in a transaction,
/// and this test's runtime will not get to roll it back.
async fn drop_database(server: &str, name: &str) -> Result<(), DbErr> {
    let admin = administer(server).await?;
    if admin.get_database_backend() == DatabaseBackend::Postgres {
        let sql = format!("DROP DATABASE {name} WITH (FORCE)");
        admin.execute_unprepared(&sql).await?;
        return Ok(());
    }
    let sql = format!("SELECT id FROM information_schema.processlist WHERE db = '{name}'");
    let open = Statement::from_string(DatabaseBackend::MySql, sql);
    for row in admin.query_all_raw(open).await? {
        let id: u64 = row.try_get("", "id")?;
        // It may be gone by itself.
        let _ = admin.execute_unprepared(&format!("KILL {id}")).await;
    }
    let sql = format!("DROP DATABASE {name}");
    admin.execute_unprepared(&sql).await?;
    admin.close().await
}

async fn administer(server: &str) -> Result<DatabaseConnection, DbErr> {
    let mut options = ConnectOptions::new(server);
    options.max_connections(1);
    Server::connect(options).await
}
