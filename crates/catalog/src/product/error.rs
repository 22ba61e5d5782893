//! Errors of the product service.

use sea_orm::DbErr;
use stampede_kernel::codes::NOT_FOUND;
use stampede_kernel::{CursorMismatch, FieldError, Refusal, Refuse};
use stampede_persistence::database_refusal;

use crate::codes::{IN_SALE, TOO_MANY_IMAGES};

/// Errors of the product service.
#[derive(Debug, thiserror::Error)]
pub enum ProductError {
    /// A field is invalid.
    #[error(transparent)]
    Invalid(#[from] FieldError),
    /// Absent, or off sale for a customer.
    #[error("the product does not exist")]
    NotFound,
    /// The product is in a flash sale that is not over, and must stay on sale.
    #[error("the product is in a flash sale that is not over")]
    InSale,
    /// The picture is not one of the product's.
    #[error("the picture does not belong to the product")]
    ImageNotFound,
    /// The product has 10 pictures.
    #[error("a product has at most 10 pictures")]
    TooManyImages,
    /// The cursor is not one of this list.
    #[error(transparent)]
    Cursor(#[from] CursorMismatch),
    /// Too many searches wait for the index.
    #[error("too many searches are waiting")]
    Busy,
    /// The index cannot answer.
    #[error("the search index is not available")]
    Search(String),
    /// The database failed; nothing was changed.
    #[error("the product could not be read or written")]
    Database(#[from] DbErr),
}

impl Refuse for ProductError {
    fn refusal(&self) -> Refusal {
        match self {
            Self::Invalid(fault) => fault.refusal(),
            Self::NotFound | Self::ImageNotFound => Refusal::new(NOT_FOUND),
            Self::InSale => Refusal::because(IN_SALE, self),
            Self::TooManyImages => Refusal::because(TOO_MANY_IMAGES, self),
            Self::Cursor(mismatch) => mismatch.refusal(),
            Self::Busy => Refusal::overloaded(self),
            Self::Search(cause) => {
                Refusal::unavailable(self).caused_by("the search index failed", cause)
            }
            Self::Database(cause) => database_refusal(cause),
        }
    }
}
