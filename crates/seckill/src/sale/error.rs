//! Why a claim or a change of a sale was refused.

use sea_orm::DbErr;
use stampede_catalog::{Shortfall, StockLedgerError};
use stampede_kernel::{FieldError, OrderId, Timestamp};
use stampede_order::OrderError;
use stampede_persistence::Conflict;

use crate::gate::GateError;

/// Why a claim or a change of a sale was refused.
#[derive(Debug, thiserror::Error)]
pub enum SaleError {
    /// One field breaks its rule.
    #[error(transparent)]
    Invalid(#[from] FieldError),
    /// No such sale, or no such ticket of the caller's.
    #[error("the sale or the ticket does not exist")]
    NotFound,
    /// It begins later.
    #[error("the sale has not started")]
    NotStarted {
        /// When it begins.
        starts_at: Timestamp,
        /// What time it is.
        now: Timestamp,
    },
    /// Its window is over.
    #[error("the sale has ended")]
    Ended,
    /// An admin cancelled it.
    #[error("the sale was cancelled")]
    Cancelled,
    /// It rests.
    #[error("the sale is paused")]
    Paused,
    /// Fewer units are left than were asked for.
    #[error("the sale is sold out")]
    SoldOut,
    /// More than the buyer may have.
    #[error("you have as many units as one buyer may have")]
    LimitReached {
        /// The buyer's orders that hold units of the sale.
        orders: Vec<OrderId>,
    },
    /// Too many wait, or what the sale stands on does not answer.
    #[error("the sale is busy")]
    Busy,
    /// The gate gave no answer; the message says why, for the log.
    #[error(transparent)]
    Gate(#[from] GateError),
    /// The idempotency key was used for another claim.
    #[error("the idempotency key was used for another claim")]
    KeyReused,
    /// Recorded: the address is absent or somebody else's.
    #[error("the address does not exist")]
    AddressNotFound,
    /// Recorded: no address was named, and there is no default.
    #[error("there is no address to deliver to")]
    AddressRequired,
    /// Recorded: whoever admitted the claim is gone.
    #[error("the ticket was lost, and nothing was bought")]
    TicketLost,
    /// The SKU is absent or its product is not on sale.
    #[error("the SKU does not exist or is not on sale")]
    SkuNotFound,
    /// The SKU has fewer units than the sale wants.
    #[error("not enough units of the SKU are left")]
    StockInsufficient,
    /// The change would leave less than what is taken.
    #[error("more than that is taken")]
    BelowTaken,
    /// It has ended or was cancelled, and changes no more.
    #[error("the sale is over")]
    Over,
    /// Orders failed.
    #[error(transparent)]
    Order(OrderError),
    /// The database failed; nothing was changed.
    #[error("the sale could not be read or written")]
    Database(#[from] DbErr),
}

impl Conflict for SaleError {
    fn is_conflict(&self) -> bool {
        match self {
            Self::Database(error) => error.is_conflict(),
            Self::Order(error) => error.is_conflict(),
            _ => false,
        }
    }
}

impl From<OrderError> for SaleError {
    fn from(error: OrderError) -> Self {
        match error {
            OrderError::Database(error) => Self::Database(error),
            other => Self::Order(other),
        }
    }
}

impl From<StockLedgerError> for SaleError {
    fn from(error: StockLedgerError) -> Self {
        match error {
            StockLedgerError::Unknown(_) => Self::SkuNotFound,
            StockLedgerError::Insufficient(_) => Self::StockInsufficient,
            StockLedgerError::Short(lines) => match lines.first().map(|line| line.why) {
                Some(Shortfall::NotOnSale) => Self::SkuNotFound,
                Some(Shortfall::Insufficient) | None => Self::StockInsufficient,
            },
            StockLedgerError::NoUnits(_) => Self::Database(DbErr::Custom(error.to_string())),
            StockLedgerError::Database(error) => Self::Database(error),
        }
    }
}
