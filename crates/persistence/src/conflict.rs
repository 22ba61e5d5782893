//! The one class of errors after which a whole transaction is run again.

use std::time::{Duration, Instant};

use backon::{ExponentialBuilder, Retryable};
use sea_orm::sqlx::mysql::MySqlDatabaseError;
use sea_orm::sqlx::postgres::PgDatabaseError;
use sea_orm::sqlx::sqlite::SqliteError;
use sea_orm::{DbErr, RuntimeErr, SqlxError};

/// An error that knows whether its transaction lost against another one.
pub trait Conflict {
    /// True for a deadlock, a lock time-out or a serialisation failure: nothing
    /// was changed, and the same transaction may succeed if it is run again.
    fn is_conflict(&self) -> bool;
}

impl Conflict for DbErr {
    fn is_conflict(&self) -> bool {
        loss(self).is_some()
    }
}

/// How a transaction lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Loss {
    /// At once, against a transaction that it crossed.
    Crossed,
    /// After waiting in vain for a lock.
    Waited,
}

/// How `error`'s transaction lost; `None` when it failed for another reason.
pub(crate) fn loss(error: &DbErr) -> Option<Loss> {
    let (DbErr::Exec(cause) | DbErr::Query(cause) | DbErr::Conn(cause)) = error else {
        return None;
    };
    let RuntimeErr::SqlxError(error) = cause else {
        return None;
    };
    let SqlxError::Database(error) = error.as_ref() else {
        return None;
    };
    if let Some(error) = error.try_downcast_ref::<MySqlDatabaseError>() {
        return mysql(error.number());
    }
    if let Some(error) = error.try_downcast_ref::<PgDatabaseError>() {
        return postgres(error.code());
    }
    error.try_downcast_ref::<SqliteError>()?;
    sqlite(error.code()?.parse().ok()?)
}

/// Record changed since the last read, deadlock, lock wait time-out.
fn mysql(number: u16) -> Option<Loss> {
    match number {
        1020 | 1213 => Some(Loss::Crossed),
        1205 => Some(Loss::Waited),
        _ => None,
    }
}

/// Serialisation failure, deadlock, lock not available.
fn postgres(code: &str) -> Option<Loss> {
    match code {
        "40001" | "40P01" => Some(Loss::Crossed),
        "55P03" => Some(Loss::Waited),
        _ => None,
    }
}

/// `SQLITE_BUSY_SNAPSHOT` fails at once, its siblings after the busy time-out.
/// The low byte of an extended code is the code it extends.
fn sqlite(code: i32) -> Option<Loss> {
    match (code, code & 0xff) {
        (517, _) => Some(Loss::Crossed),
        (_, 5 | 6) => Some(Loss::Waited),
        _ => None,
    }
}

/// How long [`retrying`] goes on beginning anew. Each lock is waited for 3 s at most;
/// a transaction that meets several contended rows may wait so long for each of them,
/// so that this is no bound on how long a request takes.
const PATIENCE: Duration = Duration::from_secs(5);

/// Runs `transaction` until it does not end in a conflict, at most six times
/// more, for at most 5 s, with growing pauses and jitter (5–160 ms), and counts
/// the repeats.
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
    let begun = Instant::now();
    transaction
        .retry(pauses)
        .when(|error| error.is_conflict() && begun.elapsed() < PATIENCE)
        .notify(|_, _| metrics::counter!("stampede_transaction_retries_total").increment(1))
        .await
}
