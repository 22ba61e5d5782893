//! What an audit asks, and what it finds.

use sea_orm::{ConnectionTrait, DatabaseBackend, DatabaseTransaction, DbErr, Statement};
use serde::Serialize;
use uuid::Uuid;

/// Breaches that one check names; the first ones tell enough.
const MOST: u32 = 1_000;

/// A broken invariant: each domain crate's `audit` names those of its own tables.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Breach {
    /// Which: `I5` …
    pub invariant: &'static str,
    /// Where: `order 0199…`.
    pub subject: String,
    /// What is wrong with it.
    pub detail: String,
}

/// One thing that must never be, looked for by one statement that reads its
/// tables once.
#[derive(Debug, Clone, Copy)]
pub struct Check {
    /// Which invariant it belongs to.
    pub invariant: &'static str,
    /// What `id` is the id of.
    pub subject: &'static str,
    /// What is wrong with whatever is found.
    pub detail: &'static str,
    /// Its rows are breaches, named by a column `id`. In it, `"` quotes a name,
    /// `hex(x)` is a UUID as 32 digits and `text(x)` a number as text.
    pub sql: &'static str,
}

impl Check {
    /// The breaches of [`Check::sql`] in the snapshot of `tx`, 1,000 at most.
    ///
    /// # Errors
    ///
    /// When the tables cannot be read.
    pub async fn run(&self, tx: &DatabaseTransaction) -> Result<Vec<Breach>, DbErr> {
        self.find(tx, self.sql).await
    }

    /// The same for a statement that was made out of [`Check::sql`].
    ///
    /// # Errors
    ///
    /// When the tables cannot be read.
    pub async fn find(&self, tx: &DatabaseTransaction, sql: &str) -> Result<Vec<Breach>, DbErr> {
        let backend = tx.get_database_backend();
        let sql = format!("{} LIMIT {MOST}", spoken(sql, backend));
        let rows = tx
            .query_all_raw(Statement::from_string(backend, sql))
            .await?;
        rows.iter()
            .map(|row| Ok(self.breach(&row.try_get::<String>("", "id")?)))
            .collect()
    }

    fn breach(&self, id: &str) -> Breach {
        let id = Uuid::parse_str(id).map_or_else(|_| id.to_owned(), |id| id.to_string());
        Breach {
            invariant: self.invariant,
            subject: format!("{} {id}", self.subject),
            detail: self.detail.to_owned(),
        }
    }
}

/// `sql` as `backend` spells it: UUIDs are bytes but on PostgreSQL.
fn spoken(sql: &str, backend: DatabaseBackend) -> String {
    let (hex, text) = match backend {
        DatabaseBackend::Postgres => (
            ("REPLACE(CAST(", " AS TEXT), '-', '')"),
            ("CAST(", " AS TEXT)"),
        ),
        DatabaseBackend::MySql => (("LOWER(HEX(", "))"), ("CAST(", " AS CHAR)")),
        _ => (("LOWER(HEX(", "))"), ("CAST(", " AS TEXT)")),
    };
    let sql = call(&call(sql, "hex(", hex), "text(", text);
    match backend {
        DatabaseBackend::MySql => sql.replace('"', "`"),
        _ => sql,
    }
}

/// Every call of `function` with what comes before and after its argument instead.
fn call(sql: &str, function: &str, (before, after): (&str, &str)) -> String {
    let mut parts = sql.split(function);
    let mut spoken = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (argument, rest) = part.split_once(')').unwrap_or((part, ""));
        spoken.extend([before, argument, after, rest]);
    }
    spoken
}
