//! Audits: SQL checks of invariants, and the breaches that they find.

use std::collections::BTreeMap;

use sea_orm::{ConnectionTrait, DatabaseBackend, DatabaseTransaction, DbErr, Statement};
use serde::Serialize;
use uuid::Uuid;

/// Maximum number of breaches that one check lists; the rest are only counted.
const MOST: usize = 1_000;

/// The checks of this crate's own tables.
pub const AUDIT: Audit = Audit {
    tables: &["idempotency", "job"],
    checks: &[Check {
        invariant: "I6",
        subject: "answer",
        detail: "its key was committed without it",
        sql: r#"SELECT CONCAT('to ', i.scope, ' ', i."key", ' of user ', i.user_id) AS id
            FROM idempotency i WHERE i.answer IS NULL"#,
    }],
};

/// The invariants of one crate's tables.
#[derive(Debug, Clone, Copy)]
pub struct Audit {
    /// Tables whose rows are counted, so that a clean verdict says how much was
    /// checked.
    pub tables: &'static [&'static str],
    /// The checks to run.
    pub checks: &'static [Check],
}

impl Audit {
    /// Runs all checks in the snapshot of `tx`.
    ///
    /// # Errors
    ///
    /// When the tables cannot be read.
    pub async fn run(&self, tx: &DatabaseTransaction) -> Result<Findings, DbErr> {
        let mut findings = Findings::default();
        for table in self.tables {
            let rows = count(tx, &format!(r#"SELECT 1 FROM "{table}""#)).await?;
            findings.rows.insert(table, rows);
        }
        for check in self.checks {
            let breaches = check.run(tx).await?;
            let found = match breaches.len() {
                MOST => count(tx, check.sql).await?,
                fewer => u64::try_from(fewer).unwrap_or(u64::MAX),
            };
            findings.add(check.invariant, found, breaches);
        }
        Ok(findings)
    }

    /// Runs all checks and returns the breaches alone.
    ///
    /// # Errors
    ///
    /// As [`Audit::run`].
    pub async fn breaches(&self, tx: &DatabaseTransaction) -> Result<Vec<Breach>, DbErr> {
        Ok(self.run(tx).await?.breaches)
    }
}

/// The result of an audit: what was checked, and which breaches were found.
#[derive(Debug, Default)]
pub struct Findings {
    /// Number of rows by table.
    pub rows: BTreeMap<&'static str, u64>,
    /// The verdict by invariant.
    pub verdicts: BTreeMap<&'static str, Verdict>,
    /// The breaches, at most 1,000 of each check.
    pub breaches: Vec<Breach>,
}

/// The verdict on one invariant.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Verdict {
    /// Number of checks that were run.
    pub checks: u32,
    /// Number of breaches, including those that are not listed.
    pub breaches: u64,
}

impl Findings {
    /// Adds the result of one check: the number of breaches, and those that it lists.
    pub fn add(&mut self, invariant: &'static str, found: u64, named: Vec<Breach>) {
        let verdict = self.verdicts.entry(invariant).or_default();
        verdict.checks += 1;
        verdict.breaches += found;
        self.breaches.extend(named);
    }

    /// Adds the findings of another crate.
    pub fn join(&mut self, other: Self) {
        self.rows.extend(other.rows);
        for (invariant, more) in other.verdicts {
            let verdict = self.verdicts.entry(invariant).or_default();
            verdict.checks += more.checks;
            verdict.breaches += more.breaches;
        }
        self.breaches.extend(other.breaches);
    }
}

/// A breach of an invariant. Each domain crate audits its own tables.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Breach {
    /// The invariant: `I5` …
    pub invariant: &'static str,
    /// The row at fault: `order 0199…`.
    pub subject: String,
    /// A description of the breach.
    pub detail: String,
}

/// A check of an invariant by one SQL statement, which reads each table once.
#[derive(Debug, Clone, Copy)]
pub struct Check {
    /// The invariant that it checks.
    pub invariant: &'static str,
    /// The kind of row that `id` identifies.
    pub subject: &'static str,
    /// A description of the breach.
    pub detail: &'static str,
    /// A query whose rows are breaches, identified by a column `id`. Macros hide the
    /// SQL dialects: `"` quotes an identifier, `hex(x)` is a UUID as 32 digits,
    /// `text(x)` a number as text, and `same(x, y)` is true when `y` is the UUID `x` as
    /// text; it uses an index on `x`.
    pub sql: &'static str,
}

impl Check {
    /// The breaches of [`Check::sql`] in the snapshot of `tx`, 1,000 at most.
    ///
    /// # Errors
    ///
    /// When the tables cannot be read.
    pub async fn run(&self, tx: &DatabaseTransaction) -> Result<Vec<Breach>, DbErr> {
        let backend = tx.get_database_backend();
        let sql = format!("{} LIMIT {MOST}", expand(self.sql, backend));
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

/// Counts the rows of `sql`.
async fn count(tx: &DatabaseTransaction, sql: &str) -> Result<u64, DbErr> {
    let backend = tx.get_database_backend();
    let sql = format!("SELECT COUNT(*) AS n FROM ({}) x", expand(sql, backend));
    let row = tx
        .query_one_raw(Statement::from_string(backend, sql))
        .await?;
    let rows: i64 = row.map_or(Ok(0), |row| row.try_get("", "n"))?;
    Ok(u64::try_from(rows).unwrap_or(0))
}

/// Expands the macros of `sql` for `backend`. UUIDs are bytes except on PostgreSQL.
fn expand(sql: &str, backend: DatabaseBackend) -> String {
    let uuid_is = "{0} = UNHEX(REPLACE({1}, '-', ''))";
    let words = match backend {
        DatabaseBackend::Postgres => [
            ("same(", "CAST({0} AS TEXT) = {1}"),
            ("hex(", "REPLACE(CAST({0} AS TEXT), '-', '')"),
            ("text(", "CAST({0} AS TEXT)"),
        ],
        DatabaseBackend::MySql => [
            ("same(", uuid_is),
            ("hex(", "LOWER(HEX({0}))"),
            ("text(", "CAST({0} AS CHAR)"),
        ],
        _ => [
            ("same(", uuid_is),
            ("hex(", "LOWER(HEX({0}))"),
            ("text(", "CAST({0} AS TEXT)"),
        ],
    };
    let sql = words.iter().fold(sql.to_owned(), |sql, (word, means)| {
        expand_call(&sql, word, means)
    });
    match backend {
        DatabaseBackend::MySql => sql.replace('"', "`"),
        _ => sql,
    }
}

/// Expands every call of the macro `word` to `means`; arguments hold no parentheses.
fn expand_call(sql: &str, word: &str, means: &str) -> String {
    let mut parts = sql.split(word);
    let mut expanded = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (arguments, rest) = part.split_once(')').unwrap_or((part, ""));
        let (first, second) = arguments.split_once(", ").unwrap_or((arguments, ""));
        expanded.push_str(&means.replace("{0}", first).replace("{1}", second));
        expanded.push_str(rest);
    }
    expanded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_database_is_asked_in_its_own_words() {
        let sql = r#"SELECT hex(o.id), text(a) FROM "order" o WHERE same(o.id, j.ref) AND (b)"#;

        assert_eq!(
            expand(sql, DatabaseBackend::Postgres),
            "SELECT REPLACE(CAST(o.id AS TEXT), '-', ''), CAST(a AS TEXT) FROM \"order\" o \
             WHERE CAST(o.id AS TEXT) = j.ref AND (b)"
        );
        assert_eq!(
            expand(sql, DatabaseBackend::MySql),
            "SELECT LOWER(HEX(o.id)), CAST(a AS CHAR) FROM `order` o \
             WHERE o.id = UNHEX(REPLACE(j.ref, '-', '')) AND (b)"
        );
    }
}
