//! Stock movements by admins.

use sea_orm::DbErr;
use serde::Serialize;
use stampede_kernel::codes::NOT_FOUND;
use stampede_kernel::{CursorMismatch, FieldError, Refusal, Refuse, SkuId};
use stampede_persistence::database_refusal;
use stampede_persistence::idempotency::IdempotencyError;

use crate::codes::STOCK_INSUFFICIENT;
use crate::product::MAX_UNITS;
use crate::text::check_line;

/// A stock movement by an admin.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StockMove {
    /// The SKU.
    pub sku: SkuId,
    /// Units, signed, not 0.
    pub delta: i64,
    /// 1–255 characters.
    pub reason: String,
}

/// Errors of the stock service.
#[derive(Debug, thiserror::Error)]
pub enum StockError {
    /// A field is invalid.
    #[error(transparent)]
    Invalid(#[from] FieldError),
    /// No such SKU.
    #[error("the SKU does not exist")]
    NotFound,
    /// Fewer units are left than the movement takes.
    #[error("not enough units are left")]
    Insufficient,
    /// The cursor is not one of the SKU's journal.
    #[error(transparent)]
    Cursor(#[from] CursorMismatch),
    /// The idempotency key cannot be used.
    #[error(transparent)]
    Idempotency(#[from] IdempotencyError),
    /// The database failed; nothing moved.
    #[error("the stock could not be moved")]
    Database(#[from] DbErr),
}

impl stampede_persistence::Conflict for StockError {
    fn is_conflict(&self) -> bool {
        match self {
            Self::Idempotency(error) => error.is_conflict(),
            Self::Database(error) => error.is_conflict(),
            Self::Invalid(_) | Self::NotFound | Self::Insufficient | Self::Cursor(_) => false,
        }
    }
}

impl StockMove {
    pub(super) fn check(&self) -> Result<(), FieldError> {
        if self.delta == 0 || !(-MAX_UNITS..=MAX_UNITS).contains(&self.delta) {
            return Err(too_many());
        }
        if self.reason.trim().is_empty() {
            return Err(FieldError::new("reason", "too_short", "must not be blank"));
        }
        check_line("reason", &self.reason, 255)
    }
}

/// The error for a movement or a resulting stock above the maximum.
pub(super) fn too_many() -> FieldError {
    FieldError::new(
        "delta",
        "out_of_range",
        format!("must not be 0, and at most {MAX_UNITS} units can be in stock"),
    )
}

impl Refuse for StockError {
    fn refusal(&self) -> Refusal {
        match self {
            Self::Invalid(fault) => fault.refusal(),
            Self::NotFound => Refusal::new(NOT_FOUND),
            Self::Insufficient => Refusal::because(STOCK_INSUFFICIENT, self),
            Self::Cursor(mismatch) => mismatch.refusal(),
            Self::Idempotency(cause) => cause.refusal(),
            Self::Database(cause) => database_refusal(cause),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(delta: i64, reason: &str) -> &'static str {
        let movement = StockMove {
            sku: SkuId(1),
            delta,
            reason: reason.to_owned(),
        };
        movement.check().map_or_else(|fault| fault.code, |()| "ok")
    }

    #[test]
    fn a_movement_moves_something_and_says_why() {
        assert_eq!(code(0, "count"), "out_of_range");
        assert_eq!(code(i64::MIN, "count"), "out_of_range");
        assert_eq!(code(-1, " "), "too_short");
        assert_eq!(code(-1, &"x".repeat(256)), "too_long");
        assert_eq!(code(-1, "broken in transit"), "ok");
    }
}
