//! Judging why a transaction of a batch failed.

use stampede_persistence::{Conflict, Failure, failure};

use crate::sale::SaleError;

/// The cause of a failed transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// The database cannot be reached or written, or the transaction lost every
    /// conflict: it may succeed later.
    Database,
    /// The intent breaks a rule of orders or of the database, and always will.
    Intent,
    /// Unknown: the intent is retried by the sweep, and no other waits for it.
    Unknown,
}

impl Fault {
    pub(super) fn of(error: &SaleError) -> Self {
        match error {
            conflict if conflict.is_conflict() => Self::Database,
            SaleError::Order(_) => Self::Intent,
            SaleError::Database(error) => match failure(error) {
                Failure::Data => Self::Intent,
                Failure::Away => Self::Database,
                Failure::Other => Self::Unknown,
            },
            _ => Self::Unknown,
        }
    }
}
