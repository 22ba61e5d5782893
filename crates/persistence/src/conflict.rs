//! The one class of errors after which a whole transaction is run again.

use std::time::Duration;

use backon::{ExponentialBuilder, Retryable};
use sea_orm::sqlx::mysql::MySqlDatabaseError;
use sea_orm::{DbErr, RuntimeErr, SqlxError};

/// An error that knows whether its transaction lost against another one.
pub trait Conflict {
    /// True for a deadlock, a lock time-out or a serialisation failure: nothing
    /// was changed, and the same transaction may succeed if it is run again.
    fn is_conflict(&self) -> bool;
}

/// MySQL: record changed (1020), lock wait time-out (1205), deadlock (1213).
const MYSQL: [u16; 3] = [1020, 1205, 1213];
/// PostgreSQL: serialisation failure, deadlock, lock not available.
const POSTGRES: [&str; 3] = ["40001", "40P01", "55P03"];
/// SQLite: SQLITE_BUSY, SQLITE_LOCKED, SQLITE_BUSY_SNAPSHOT.
const SQLITE: [&str; 3] = ["5", "6", "517"];

impl Conflict for DbErr {
    fn is_conflict(&self) -> bool {
        let (Self::Exec(cause) | Self::Query(cause) | Self::Conn(cause)) = self else {
            return false;
        };
        let RuntimeErr::SqlxError(error) = cause else {
            return false;
        };
        let SqlxError::Database(error) = error.as_ref() else {
            return false;
        };
        if let Some(mysql) = error.try_downcast_ref::<MySqlDatabaseError>() {
            return MYSQL.contains(&mysql.number());
        }
        let code = error.code().unwrap_or_default();
        POSTGRES.contains(&code.as_ref()) || SQLITE.contains(&code.as_ref())
    }
}

/// Runs `transaction` until it does not end in a conflict, at most six times
/// with growing pauses and jitter (5–160 ms), and counts the repeats.
///
/// `transaction` begins and commits by itself, so that a repeat starts clean.
///
/// # Errors
///
/// The last error, a conflict or not.
pub async fn retrying<T, E, Run, Running>(transaction: Run) -> Result<T, E>
where
    E: Conflict,
    Run: FnMut() -> Running,
    Running: Future<Output = Result<T, E>>,
{
    let pauses = ExponentialBuilder::default()
        .with_min_delay(Duration::from_millis(5))
        .with_max_delay(Duration::from_millis(160))
        .with_max_times(6)
        .with_jitter();
    transaction
        .retry(pauses)
        .when(E::is_conflict)
        .notify(|_, _| metrics::counter!("stampede_transaction_retries_total").increment(1))
        .await
}
