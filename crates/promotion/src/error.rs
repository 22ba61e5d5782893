//! The errors of promotions: of their administration, and of their use.

use sea_orm::DbErr;
use stampede_kernel::codes::NOT_FOUND;
use stampede_kernel::{CursorMismatch, FieldError, Refusal, Refuse};
use stampede_persistence::{Conflict, database_refusal, impl_conflict};

use crate::codes::{BELOW_USED, CODE_TAKEN};

/// Errors of the promotion service.
#[derive(Debug, thiserror::Error)]
pub enum PromotionError {
    /// A field is invalid.
    #[error(transparent)]
    Invalid(#[from] FieldError),
    /// No such promotion.
    #[error("the promotion does not exist")]
    NotFound,
    /// Another promotion has this code, however spelled.
    #[error("another promotion has this code")]
    CodeTaken,
    /// A limit below what is used by now, by all or by one buyer.
    #[error("the promotion is used more often by now")]
    BelowUsed,
    /// The cursor is not one of this list.
    #[error(transparent)]
    Cursor(#[from] CursorMismatch),
    /// The database failed; nothing was changed.
    #[error("the promotions could not be read or written")]
    Database(#[from] DbErr),
}

impl_conflict!(PromotionError: Database);

impl Refuse for PromotionError {
    fn refusal(&self) -> Refusal {
        match self {
            Self::Invalid(fault) => fault.refusal(),
            Self::NotFound => Refusal::new(NOT_FOUND),
            Self::CodeTaken => Refusal::because(CODE_TAKEN, self),
            Self::BelowUsed => Refusal::because(BELOW_USED, self),
            Self::Cursor(mismatch) => mismatch.refusal(),
            Self::Database(cause) => database_refusal(cause),
        }
    }
}

/// Errors of redeeming promotions; the caller must roll its transaction back.
#[derive(Debug, thiserror::Error)]
pub enum RedemptionError {
    /// A limit was reached, or the terms were changed, since the cart was evaluated. The
    /// transaction is worth another run, which evaluates anew.
    #[error("a promotion was changed or used up meanwhile")]
    Changed,
    /// The database failed.
    #[error("a promotion could not be redeemed or given back")]
    Database(#[from] DbErr),
}

impl Conflict for RedemptionError {
    fn is_conflict(&self) -> bool {
        match self {
            Self::Changed => true,
            Self::Database(error) => error.is_conflict(),
        }
    }
}

impl Refuse for RedemptionError {
    fn refusal(&self) -> Refusal {
        match self {
            Self::Changed => Refusal::overloaded(self),
            Self::Database(cause) => database_refusal(cause),
        }
    }
}
