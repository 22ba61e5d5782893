//! `seaql_migrations`: which steps a database has. The name and the columns are those
//! of the library that ran the steps of the first release.

use std::collections::BTreeSet;
use std::time::{SystemTime, UNIX_EPOCH};

use sea_orm::sea_query::{ColumnDef, Expr, ExprTrait, Query, Table};
use sea_orm::{ConnectionTrait, DatabaseBackend, DatabaseTransaction, DbErr, Statement};

const TABLE: &str = "seaql_migrations";

/// Makes the table where there is none.
pub(crate) async fn install(tx: &DatabaseTransaction) -> Result<(), DbErr> {
    let table = Table::create()
        .table(TABLE)
        .if_not_exists()
        .col(ColumnDef::new("version").string().not_null().primary_key())
        .col(ColumnDef::new("applied_at").big_integer().not_null())
        .take();
    tx.execute(&table).await?;
    Ok(())
}

/// The names of the steps that a database says it has; none when it has no table of
/// steps. Changes nothing.
pub(crate) async fn applied(db: &impl ConnectionTrait) -> Result<BTreeSet<String>, DbErr> {
    if !exists(db).await? {
        return Ok(BTreeSet::new());
    }
    let versions = Query::select().column("version").from(TABLE).take();
    let rows = db.query_all(&versions).await?;
    rows.iter().map(|row| row.try_get("", "version")).collect()
}

async fn exists(db: &impl ConnectionTrait) -> Result<bool, DbErr> {
    let backend = db.get_database_backend();
    let condition = match backend {
        DatabaseBackend::Sqlite => "sqlite_master WHERE type = 'table' AND name",
        DatabaseBackend::Postgres => {
            "information_schema.tables WHERE table_schema = CURRENT_SCHEMA() AND table_name"
        }
        _ => "information_schema.tables WHERE table_schema = DATABASE() AND table_name",
    };
    let sql = format!("SELECT 1 FROM {condition} = '{TABLE}'");
    let row = db
        .query_one_raw(Statement::from_string(backend, sql))
        .await?;
    Ok(row.is_some())
}

/// Notes that `step` is applied as of now.
pub(crate) async fn record(tx: &DatabaseTransaction, step: &str) -> Result<(), DbErr> {
    let row = Query::insert()
        .into_table(TABLE)
        .columns(["version", "applied_at"])
        .values_panic([step.into(), now().into()])
        .take();
    tx.execute(&row).await?;
    Ok(())
}

/// Notes that `step` is no longer applied.
pub(crate) async fn forget(tx: &DatabaseTransaction, step: &str) -> Result<(), DbErr> {
    let row = Query::delete()
        .from_table(TABLE)
        .and_where(Expr::col("version").eq(step))
        .take();
    tx.execute(&row).await?;
    Ok(())
}

/// Seconds since 1970; a clock before that counts as 1970.
fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    i64::try_from(since.unwrap_or_default().as_secs()).unwrap_or(i64::MAX)
}
