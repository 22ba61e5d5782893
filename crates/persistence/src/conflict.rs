//! Transaction conflicts (deadlock, lock time-out, serialisation failure) and the retry
//! loop for them.

use std::time::{Duration, Instant};

use backon::{ExponentialBuilder, Retryable};
use sea_orm::sqlx::mysql::MySqlDatabaseError;
use sea_orm::sqlx::postgres::PgDatabaseError;
use sea_orm::sqlx::sqlite::SqliteError;
use sea_orm::{DbErr, RuntimeErr, SqlxError};

/// An error that may be a transaction conflict.
pub trait Conflict {
    /// Returns true for a deadlock, a lock time-out or a serialisation failure. Nothing
    /// was changed, and the same transaction may succeed when it is run again.
    fn is_conflict(&self) -> bool;
}

impl Conflict for DbErr {
    fn is_conflict(&self) -> bool {
        conflict_kind(self).is_some()
    }
}

/// Implements [`Conflict`] for an enum of errors: its value is a conflict if it is one
/// of the named variants, and the error inside is a conflict.
///
/// ```
/// # use sea_orm::DbErr;
/// enum CartError {
///     NotFound,
///     Database(DbErr),
/// }
///
/// stampede_persistence::impl_conflict!(CartError: Database);
/// ```
#[macro_export]
macro_rules! impl_conflict {
    ($error:ty: $($variant:ident),+) => {
        impl $crate::Conflict for $error {
            fn is_conflict(&self) -> bool {
                match self {
                    $(Self::$variant(error) => $crate::Conflict::is_conflict(error),)+
                    _ => false,
                }
            }
        }
    };
}

/// The class of a database error; it decides whether the same statement can ever
/// succeed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// A value or a constraint: the same rows fail again (SQLSTATE classes 22 and 23
    /// and 54, SQLite's constraint, mismatch and too-big codes).
    Data,
    /// The server or its resources: no connection, shutting down, disk full, read only.
    Away,
    /// Neither is certain.
    Other,
}

/// Classifies `error`.
pub fn failure(error: &DbErr) -> Failure {
    let cause = match error {
        DbErr::Exec(cause) | DbErr::Query(cause) => cause,
        DbErr::Conn(_) | DbErr::ConnectionAcquire(_) => return Failure::Away,
        _ => return Failure::Other,
    };
    let RuntimeErr::SqlxError(error) = cause else {
        return Failure::Other;
    };
    let error = match error.as_ref() {
        SqlxError::Database(error) => error,
        SqlxError::Io(_) | SqlxError::Tls(_) | SqlxError::Protocol(_) => return Failure::Away,
        SqlxError::PoolTimedOut | SqlxError::PoolClosed | SqlxError::WorkerCrashed => {
            return Failure::Away;
        }
        _ => return Failure::Other,
    };
    if let Some(error) = error.try_downcast_ref::<MySqlDatabaseError>() {
        return of_mysql(error.number(), error.code());
    }
    if let Some(error) = error.try_downcast_ref::<PgDatabaseError>() {
        return of_postgres(error.code());
    }
    let code = error.code().and_then(|code| code.parse::<i32>().ok());
    code.map_or(Failure::Other, of_sqlite)
}

/// Classifies a MySQL error: disk full, out of memory, too many connections, shutting
/// down, killed, read only. Check constraints of MySQL have a general SQLSTATE, and so
/// do packets that are too large.
fn of_mysql(number: u16, state: Option<&str>) -> Failure {
    match (number, state) {
        (1021 | 1028 | 1030 | 1037 | 1040 | 1041 | 1053 | 1114 | 1203 | 1205, _) => Failure::Away,
        (1153 | 3819, _) => Failure::Data,
        _ if matches!(number, 1213 | 1290 | 1317 | 1836 | 1927 | 1969 | 3024) => Failure::Away,
        (_, Some(state)) if state.starts_with("22") || state.starts_with("23") => Failure::Data,
        _ => Failure::Other,
    }
}

/// Classifies an SQLSTATE by its class: data, constraint, limits; connection,
/// transaction, resources, operators, system, internal.
fn of_postgres(code: &str) -> Failure {
    match code.get(..2) {
        Some("22" | "23" | "54") => Failure::Data,
        Some("08" | "25" | "40" | "53" | "55" | "57" | "58" | "XX") => Failure::Away,
        _ => Failure::Other,
    }
}

/// The low byte of an extended code is the code it extends.
fn of_sqlite(code: i32) -> Failure {
    match code & 0xff {
        18..=20 => Failure::Data,
        5..=11 | 13..=15 => Failure::Away,
        _ => Failure::Other,
    }
}

/// The kind of a transaction conflict.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ConflictKind {
    /// A deadlock, a serialisation failure or a stale snapshot: reported at once.
    Deadlock,
    /// A lock was not granted within the time-out.
    LockTimeout,
}

/// Returns the kind of conflict, or `None` when `error` has another cause.
pub(crate) fn conflict_kind(error: &DbErr) -> Option<ConflictKind> {
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

/// Classifies a MySQL error: record changed since the last read, deadlock, lock wait
/// time-out.
fn mysql(number: u16) -> Option<ConflictKind> {
    match number {
        1020 | 1213 => Some(ConflictKind::Deadlock),
        1205 => Some(ConflictKind::LockTimeout),
        _ => None,
    }
}

/// Classifies a PostgreSQL error: serialisation failure, deadlock, lock not available.
fn postgres(code: &str) -> Option<ConflictKind> {
    match code {
        "40001" | "40P01" => Some(ConflictKind::Deadlock),
        "55P03" => Some(ConflictKind::LockTimeout),
        _ => None,
    }
}

/// `SQLITE_BUSY_SNAPSHOT` fails at once, its siblings after the busy time-out.
/// The low byte of an extended code is the code it extends.
fn sqlite(code: i32) -> Option<ConflictKind> {
    match (code, code & 0xff) {
        (517, _) => Some(ConflictKind::Deadlock),
        (_, 5 | 6) => Some(ConflictKind::LockTimeout),
        _ => None,
    }
}

/// How long [`retrying`] starts new attempts. Each lock is waited for 3 s at most, but
/// a transaction that meets several contended rows may wait that long for each of them;
/// so this does not bound the duration of a request.
const RETRY_FOR: Duration = Duration::from_secs(5);

/// Runs `transaction` until it does not end in a conflict, at most six times
/// more, for at most 5 s, with growing pauses and jitter (5–160 ms), and counts
/// the repeats.
///
/// `transaction` begins and commits the database transaction itself, so that each
/// attempt starts anew.
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
        .when(|error| error.is_conflict() && begun.elapsed() < RETRY_FOR)
        .notify(|_, _| metrics::counter!("stampede_transaction_retries_total").increment(1))
        .await
}
