//! The few places where the databases spell a thing differently.

use sea_orm::sea_query::InsertStatement;
use sea_orm::{DatabaseBackend, Statement};

/// An insert that does nothing where a unique key is taken: `rows_affected` is
/// then 0, also for a key that a transaction still holds (after waiting for it).
///
/// Bytes that a column cannot hold must be refused before: MySQL's form would
/// cut them.
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
