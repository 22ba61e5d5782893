//! One database per test.

use sea_orm::{ConnectionTrait, Database as Server, DatabaseBackend, DbErr, Statement};
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
        let (url, place) = match std::env::var("TEST_DATABASE_URL") {
            Ok(server) => on_server(server).await,
            Err(_) => in_folder(),
        };
        stampede_migration::up(&url)
            .await
            .expect("the schema applies to an empty database");
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
    let admin = Server::connect(server.as_str())
        .await
        .expect("the test server answers");
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

/// The test's own connections may still hold a transaction that its ended
/// runtime never rolled back; the database would wait for it, so they go first.
async fn drop_database(url: &str, name: &str) -> Result<(), DbErr> {
    let admin = Server::connect(url).await?;
    if url.starts_with("postgres") {
        admin
            .execute_unprepared(&format!("DROP DATABASE {name} WITH (FORCE)"))
            .await?;
        return Ok(());
    }
    let connections = format!("SELECT id FROM information_schema.processlist WHERE db = '{name}'");
    let connections = Statement::from_string(DatabaseBackend::MySql, connections);
    for row in admin.query_all_raw(connections).await? {
        let id: i64 = row.try_get("", "id")?;
        // It may have closed by itself in between.
        let _ = admin.execute_unprepared(&format!("KILL {id}")).await;
    }
    admin
        .execute_unprepared(&format!("DROP DATABASE {name}"))
        .await?;
    Ok(())
}
