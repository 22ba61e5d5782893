//! The refusals that clients get when the database fails.

use sea_orm::DbErr;
use stampede_kernel::{Refusal, Refuse, causes};

use crate::Conflict;

/// Returns the refusal for a database error. An exhausted pool and a repeated conflict
/// are busy; every other failure is internal.
pub fn database_refusal(error: &DbErr) -> Refusal {
    match error {
        DbErr::ConnectionAcquire(_) | DbErr::Conn(_) => {
            let event = "the database cannot be reached";
            Refusal::unavailable(event).caused_by(event, causes(error))
        }
        conflict if conflict.is_conflict() => Refusal::overloaded("the shop is busy")
            .caused_by("a transaction lost every retry", causes(conflict)),
        other => Refusal::internal(other),
    }
}

/// A database error, where nothing else can fail.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct DatabaseError(#[from] pub DbErr);

impl Refuse for DatabaseError {
    fn refusal(&self) -> Refusal {
        database_refusal(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use sea_orm::{ConnAcquireErr, RuntimeErr};
    use stampede_kernel::codes::{INTERNAL, UNAVAILABLE};

    use super::*;

    #[test]
    fn a_database_that_is_away_is_no_fault_of_the_shop() {
        let crowded = DbErr::ConnectionAcquire(ConnAcquireErr::Timeout);
        let away = DbErr::Conn(RuntimeErr::Internal("refused".to_owned()));

        for error in [crowded, away] {
            let refusal = database_refusal(&error);
            assert_eq!(refusal.code, UNAVAILABLE);
            assert!(refusal.retry_after.is_some());
            assert_eq!(refusal.cause.unwrap().error, causes(&error));
        }
    }

    #[test]
    fn a_failed_statement_shows_nothing_of_itself() {
        let error = DatabaseError(DbErr::Custom("no such table: secrets".to_owned()));

        let refusal = error.refusal();
        assert_eq!(refusal.code, INTERNAL);
        assert_eq!(refusal.detail, INTERNAL.title());
        assert!(refusal.cause.unwrap().error.contains("secrets"));
    }
}
