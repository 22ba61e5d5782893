//! One database per test.

use std::sync::{Arc, Weak};
use std::time::Duration;

use sea_orm::{
    ConnectOptions, ConnectionTrait, Database as Server, DatabaseBackend, DatabaseConnection,
    DbErr, Statement,
};
use stampede_persistence::{Database, Pool};
use tokio::sync::Mutex;
use uuid::Uuid;

/// A migrated database of one test, deleted when dropped.
#[derive(Debug)]
pub struct TestDb {
    /// The open pools.
    pub db: Database,
    /// Its URL, for a second process.
    pub url: String,
    #[expect(dead_code, reason = "deletes what it names when dropped")]
    place: Place,
}

#[derive(Debug)]
#[expect(dead_code, reason = "both delete what they name when dropped")]
enum Place {
    Folder(tempfile::TempDir),
    Server(OnServer, Option<Arc<OnServer>>),
}

impl TestDb {
    /// Makes, migrates and opens a database.
    ///
    /// # Panics
    ///
    /// When the server cannot be reached or the schema does not apply.
    pub async fn open() -> Self {
        match std::env::var("TEST_DATABASE_URL") {
            Ok(server) if server.starts_with("postgres") => {
                let template = template(&server).await;
                let copy = OnServer::create(&server, Some(&template)).await;
                Self::at(copy.url(), Place::Server(copy, Some(template))).await
            }
            _ => {
                let empty = Self::empty().await;
                migrate(&empty.url).await;
                empty
            }
        }
    }

    /// Makes and opens a database without a schema, for tests of the migration.
    ///
    /// # Panics
    ///
    /// When the server cannot be reached.
    pub async fn empty() -> Self {
        if let Ok(server) = std::env::var("TEST_DATABASE_URL") {
            let database = OnServer::create(&server, None).await;
            return Self::at(database.url(), Place::Server(database, None)).await;
        }
        let folder = tempfile::tempdir().expect("a temporary folder");
        let url = format!("sqlite://{}", folder.path().join("test.db").display());
        Self::at(url, Place::Folder(folder)).await
    }

    async fn at(url: String, place: Place) -> Self {
        let pool = Pool {
            connections: 8,
            first_within: Duration::from_mins(1),
            ..Pool::default()
        };
        let db = Database::connect(&url, pool)
            .await
            .expect("the fresh database opens");
        Self { db, url, place }
    }
}

async fn migrate(url: &str) {
    stampede_migration::up(url)
        .await
        .expect("the schema applies to an empty database");
}

/// Returns the migrated template database that `PostgreSQL` copies for each test,
/// several times faster than migrating anew. It is dropped with the last test that uses
/// it.
async fn template(server: &str) -> Arc<OnServer> {
    static TEMPLATE: Mutex<Weak<OnServer>> = Mutex::const_new(Weak::new());
    let mut current = TEMPLATE.lock().await;
    if let Some(template) = current.upgrade() {
        return template;
    }
    let template = Arc::new(OnServer::create(server, None).await);
    migrate(&template.url()).await;
    *current = Arc::downgrade(&template);
    template
}

/// A database on the test server, dropped when this is dropped.
#[derive(Debug)]
struct OnServer {
    server: String,
    name: String,
}

impl OnServer {
    async fn create(server: &str, template: Option<&Self>) -> Self {
        let database = Self {
            server: server.to_owned(),
            name: format!("stampede_{}", Uuid::now_v7().simple()),
        };
        database
            .make(template)
            .await
            .expect("the test server makes a database");
        database
    }

    async fn make(&self, template: Option<&Self>) -> Result<(), DbErr> {
        let admin = administer(&self.server).await?;
        let source = template.map_or(String::new(), |template| {
            format!(" TEMPLATE {}", template.name)
        });
        let strategy = if copying_is_a_choice(&admin).await? {
            " STRATEGY file_copy"
        } else {
            ""
        };
        let sql = format!("CREATE DATABASE {}{source}{strategy}", self.name);
        admin.execute_unprepared(&sql).await?;
        admin.close().await
    }

    fn url(&self) -> String {
        let (base, _) = self
            .server
            .rsplit_once('/')
            .expect("the URL names a database");
        format!("{base}/{}", self.name)
    }

    /// Ends the database's connections first: one may still be in a
    /// transaction, and its test's runtime will not get to roll it back.
    async fn drop_now(server: &str, name: &str) -> Result<(), DbErr> {
        let admin = administer(server).await?;
        if admin.get_database_backend() == DatabaseBackend::Postgres {
            let sql = format!("DROP DATABASE {name} WITH (FORCE)");
            admin.execute_unprepared(&sql).await?;
            return admin.close().await;
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
}

impl Drop for OnServer {
    /// Drops the database from a thread of its own: the test's runtime may be
    /// ending. A failure leaves it behind in the private server, which goes too.
    fn drop(&mut self) {
        let (server, name) = (self.server.clone(), self.name.clone());
        let dropping = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build();
            runtime.map(|runtime| runtime.block_on(Self::drop_now(&server, &name)))
        });
        let _ = dropping.join();
    }
}

async fn administer(server: &str) -> Result<DatabaseConnection, DbErr> {
    let mut options = ConnectOptions::new(server);
    // No maintenance of the pool: persistence/src/database.rs says why.
    options.max_connections(1);
    options.idle_timeout(None).max_lifetime(None);
    Server::connect(options).await
}

/// From `PostgreSQL` 15 on, copying goes through the write-ahead log unless told
/// otherwise: several times slower where nobody waits for the disk.
async fn copying_is_a_choice(admin: &DatabaseConnection) -> Result<bool, DbErr> {
    if admin.get_database_backend() != DatabaseBackend::Postgres {
        return Ok(false);
    }
    let sql = "SELECT current_setting('server_version_num')::int >= 150000 AS choice";
    let row = admin
        .query_one_raw(Statement::from_string(DatabaseBackend::Postgres, sql))
        .await?;
    row.map_or(Ok(false), |row| row.try_get("", "choice"))
}
