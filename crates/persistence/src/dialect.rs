//! SQL that differs between the databases.

use sea_orm::sea_query::InsertStatement;
use sea_orm::{DatabaseBackend, Statement};

/// An insert that does nothing where a unique key is taken: `rows_affected` is
/// then 0, also for a key that a transaction still holds (after waiting for it).
///
/// The caller must check lengths before: MySQL's form would truncate values that are
/// too long.
pub fn insert_or_ignore(backend: DatabaseBackend, insert: &InsertStatement) -> Statement {
    let mut statement = backend.build(insert);
    match backend {
        DatabaseBackend::MySql => {
            statement.sql = statement
                .sql
                .replacen("INSERT INTO", "INSERT IGNORE INTO", 1);
        }
        _ => statement.sql.push_str(" ON CONFLICT DO NOTHING"),
    }
    statement
}
