//! The error of a claim or of a change of a sale.

use std::time::Duration;

use sea_orm::DbErr;
use stampede_catalog::codes::STOCK_INSUFFICIENT;
use stampede_catalog::{Shortfall, StockLedgerError};
use stampede_kernel::codes::NOT_FOUND;
use stampede_kernel::{
    CursorMismatch, FieldError, OrderId, RETRY_SOON, Refusal, Refuse, Timestamp,
};
use stampede_order::OrderError;
use stampede_persistence::codes::IDEMPOTENCY_KEY_REUSED;
use stampede_persistence::{database_refusal, impl_conflict};
use stampede_user::codes::ADDRESS_REQUIRED;

use crate::codes::{
    BELOW_TAKEN, LIMIT_REACHED, SALE_BUSY, SALE_CANCELLED, SALE_ENDED, SALE_NOT_STARTED, SALE_OVER,
    SALE_PAUSED, SOLD_OUT, TICKET_LOST,
};
use crate::gate::GateError;

/// `Retry-After` of a paused sale.
const RETRY_PAUSED: Duration = Duration::from_secs(5);

/// The error of a claim or of a change of a sale.
#[derive(Debug, thiserror::Error)]
pub enum SaleError {
    /// One field breaks its rule.
    #[error(transparent)]
    Invalid(#[from] FieldError),
    /// The sale does not exist, or the ticket does not exist or is another
    /// user's.
    #[error("the sale or the ticket does not exist")]
    NotFound,
    /// The sale has not started.
    #[error("the sale has not started")]
    NotStarted {
        /// The start of the sale.
        starts_at: Timestamp,
        /// The time of the request.
        now: Timestamp,
    },
    /// The sale has ended.
    #[error("the sale has ended")]
    Ended,
    /// An admin cancelled the sale.
    #[error("the sale was cancelled")]
    Cancelled,
    /// The sale is paused.
    #[error("the sale is paused")]
    Paused,
    /// Fewer units are left than were claimed.
    #[error("the sale is sold out")]
    SoldOut,
    /// The claim exceeds the limit per buyer.
    #[error("you have as many units as one buyer may have")]
    LimitReached {
        /// The buyer's orders that hold units of the sale.
        orders: Vec<OrderId>,
    },
    /// The queue is full, or the gate or the database does not answer in time.
    #[error("the sale is busy")]
    Busy,
    /// The gate call failed; the message is for the log.
    #[error(transparent)]
    Gate(#[from] GateError),
    /// The idempotency key was used for another claim.
    #[error("the idempotency key was used for another claim")]
    KeyReused,
    /// Recorded: the address does not exist or is another user's.
    #[error("the address does not exist")]
    AddressNotFound,
    /// Recorded: the claim named no address, and the buyer has no default
    /// address.
    #[error("there is no address to deliver to")]
    AddressRequired,
    /// Recorded: the ticket was lost, because the process or gate that admitted
    /// it failed.
    #[error("the ticket was lost, and nothing was bought")]
    TicketLost,
    /// The SKU does not exist or its product is not on sale.
    #[error("the SKU does not exist or is not on sale")]
    SkuNotFound,
    /// The SKU has fewer units in stock than the sale needs.
    #[error("not enough units of the SKU are left")]
    StockInsufficient,
    /// The change would leave fewer units than are already taken.
    #[error("more than that is taken")]
    BelowTaken,
    /// The sale has ended or was cancelled, and can no longer be changed.
    #[error("the sale is over")]
    Over,
    /// The cursor is not one of the list of sales.
    #[error(transparent)]
    Cursor(#[from] CursorMismatch),
    /// Creating the orders failed.
    #[error(transparent)]
    Order(OrderError),
    /// The database failed; nothing was changed.
    #[error("the sale could not be read or written")]
    Database(#[from] DbErr),
}

impl Refuse for SaleError {
    fn refusal(&self) -> Refusal {
        match self {
            Self::Invalid(fault) => fault.refusal(),
            Self::NotFound | Self::SkuNotFound => Refusal::new(NOT_FOUND),
            Self::AddressNotFound => OrderError::AddressNotFound.refusal(),
            Self::NotStarted { starts_at, now } => {
                Refusal::because(SALE_NOT_STARTED, self).retry_after(starts_at.since(*now))
            }
            Self::Ended => Refusal::because(SALE_ENDED, self),
            Self::Cancelled => Refusal::because(SALE_CANCELLED, self),
            Self::Paused => Refusal::because(SALE_PAUSED, self).retry_after(RETRY_PAUSED),
            Self::SoldOut => Refusal::because(SOLD_OUT, self),
            Self::LimitReached { orders } => {
                Refusal::because(LIMIT_REACHED, self).orders(orders.clone())
            }
            Self::Busy | Self::Gate(_) => {
                Refusal::because(SALE_BUSY, Self::Busy).retry_after(RETRY_SOON)
            }
            Self::KeyReused => Refusal::because(IDEMPOTENCY_KEY_REUSED, self),
            Self::AddressRequired => Refusal::because(ADDRESS_REQUIRED, self),
            Self::TicketLost => Refusal::because(TICKET_LOST, self),
            Self::StockInsufficient => Refusal::because(STOCK_INSUFFICIENT, self),
            Self::BelowTaken => Refusal::because(BELOW_TAKEN, self),
            Self::Over => Refusal::because(SALE_OVER, self),
            Self::Cursor(mismatch) => mismatch.refusal(),
            Self::Order(cause) => cause.refusal(),
            Self::Database(cause) => database_refusal(cause),
        }
    }
}

impl_conflict!(SaleError: Database, Order);

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
