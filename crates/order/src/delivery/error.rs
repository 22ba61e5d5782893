//! Errors of delivery methods and of their choice.

use sea_orm::DbErr;
use stampede_kernel::codes::NOT_FOUND;
use stampede_kernel::{ErrorCode, FieldError, Refusal, Refuse};
use stampede_persistence::{database_refusal, impl_conflict};

use super::DeliveryRefusal;
use crate::codes::{DELIVERY_METHOD_REQUIRED, DELIVERY_NOT_OFFERED, TOO_MANY_DELIVERY_METHODS};

/// Errors of the delivery service.
#[derive(Debug, thiserror::Error)]
pub enum DeliveryError {
    /// A field is invalid.
    #[error(transparent)]
    Invalid(#[from] FieldError),
    /// No such method.
    #[error("the delivery method does not exist")]
    NotFound,
    /// The shop has 100.
    #[error("no more than 100 delivery methods can be kept")]
    TooMany,
    /// The database failed; nothing was changed.
    #[error("the delivery methods could not be read or written")]
    Database(#[from] DbErr),
}

impl_conflict!(DeliveryError: Database);

impl Refuse for DeliveryError {
    fn refusal(&self) -> Refusal {
        match self {
            Self::Invalid(fault) => fault.refusal(),
            Self::NotFound => Refusal::new(NOT_FOUND),
            Self::TooMany => Refusal::because(TOO_MANY_DELIVERY_METHODS, self),
            Self::Database(cause) => database_refusal(cause),
        }
    }
}

impl DeliveryRefusal {
    fn code(self) -> ErrorCode {
        match self {
            Self::Required => DELIVERY_METHOD_REQUIRED,
            Self::NotOffered => DELIVERY_NOT_OFFERED,
        }
    }
}

impl Refuse for DeliveryRefusal {
    fn refusal(&self) -> Refusal {
        let code = self.code();
        let fault = FieldError::new("delivery_method_id", code.name(), self.to_string());
        Refusal::naming(code, vec![fault])
    }
}
