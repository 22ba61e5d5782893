//! The error of placing or changing an order.

use std::time::Duration;

use sea_orm::DbErr;
use stampede_catalog::codes::{NOT_ON_SALE, STOCK_INSUFFICIENT};
use stampede_catalog::{Shortfall, StockLedgerError};
use stampede_kernel::codes::{NOT_FOUND, TOO_MANY_FAILURES};
use stampede_kernel::{
    CursorMismatch, FieldError, Money, MoneyOutOfRange, Refusal, Refuse, RefusedCode, SkuId,
};
use stampede_payment::codes::{BAD_PIN, INSUFFICIENT_BALANCE};
use stampede_payment::{PaymentError, WalletError};
use stampede_persistence::idempotency::IdempotencyError;
use stampede_persistence::{database_refusal, impl_conflict};
use stampede_promotion::codes::PROMOTION_REJECTED;
use stampede_promotion::{RedemptionError, RejectedCode};
use stampede_user::AddressError;

use crate::codes::{CART_EMPTY, ORDER_EXPIRED, PRICE_CHANGED, TOO_MANY_OPEN_ORDERS, WRONG_STATUS};
use crate::delivery::DeliveryRefusal;

/// A requested line that cannot be ordered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusedLine {
    /// The field of the request: `items[2].sku_id`, `product_id`, or `cart.`
    /// and the SKU for a line of the cart.
    pub field: String,
    /// The SKU; `None` for a product without SKUs.
    pub sku: Option<SkuId>,
    /// The reason.
    pub why: Shortfall,
}

/// The error of placing or changing an order.
#[derive(Debug, thiserror::Error)]
pub enum OrderError {
    /// One field breaks its rule.
    #[error(transparent)]
    Invalid(#[from] FieldError),
    /// The order does not exist or is another user's.
    #[error("the order does not exist")]
    NotFound,
    /// The address does not exist or is another user's.
    #[error("the address does not exist")]
    AddressNotFound,
    /// No delivery can be chosen for the order.
    #[error(transparent)]
    Delivery(#[from] DeliveryRefusal),
    /// All lines that are off sale or have too few units left.
    #[error("{} of the lines cannot be ordered", .0.len())]
    Refused(Vec<RefusedLine>),
    /// The cart is empty.
    #[error("the cart is empty")]
    EmptyCart,
    /// The total has changed; contains the current total.
    #[error("the total is {0} by now")]
    PriceChanged(Money),
    /// Codes that cannot be used, with the reasons.
    #[error("{} of the codes cannot be used", .0.len())]
    Rejected(Vec<RejectedCode>),
    /// A promotion could not be used or given back.
    #[error(transparent)]
    Redemption(#[from] RedemptionError),
    /// The buyer has reached the limit of unpaid orders.
    #[error("too many orders are unpaid")]
    TooManyOpen,
    /// The order's status does not allow the change.
    #[error("the order's status does not allow this")]
    WrongStatus,
    /// The time to pay has run out.
    #[error("the time to pay has run out")]
    Expired,
    /// The buyer was banned meanwhile.
    #[error("the account may not act any more")]
    Banned,
    /// The PIN is wrong.
    #[error("the payment PIN is wrong")]
    BadPin,
    /// Too many wrong PINs; contains the time until the next attempt.
    #[error("too many wrong PINs")]
    TooManyFailures(Duration),
    /// The balance does not cover the total.
    #[error("the balance does not cover the total")]
    InsufficientFunds,
    /// An amount is out of the range of money.
    #[error(transparent)]
    OutOfRange(#[from] MoneyOutOfRange),
    /// The cursor belongs to another list.
    #[error(transparent)]
    Cursor(#[from] CursorMismatch),
    /// The idempotency key cannot be used.
    #[error(transparent)]
    Idempotency(#[from] IdempotencyError),
    /// The database failed; nothing was changed.
    #[error("the order could not be read or written")]
    Database(#[from] DbErr),
}

impl Refuse for OrderError {
    fn refusal(&self) -> Refusal {
        match self {
            Self::Invalid(fault) => fault.refusal(),
            Self::NotFound => Refusal::new(NOT_FOUND),
            Self::AddressNotFound => {
                let fault = FieldError::new("address_id", "not_found", self.to_string());
                Refusal::naming(NOT_FOUND, vec![fault])
            }
            Self::Delivery(refusal) => refusal.refusal(),
            Self::Refused(lines) => refused(lines),
            Self::EmptyCart => Refusal::because(CART_EMPTY, self),
            Self::PriceChanged(_) => Refusal::because(PRICE_CHANGED, self),
            Self::Rejected(codes) => rejected(codes),
            Self::Redemption(cause) => cause.refusal(),
            Self::TooManyOpen => Refusal::because(TOO_MANY_OPEN_ORDERS, self),
            Self::WrongStatus => Refusal::because(WRONG_STATUS, self),
            Self::Expired => Refusal::because(ORDER_EXPIRED, self),
            Self::Banned => Refusal::unauthenticated(),
            Self::BadPin => Refusal::because(BAD_PIN, self),
            Self::TooManyFailures(wait) => {
                Refusal::because(TOO_MANY_FAILURES, self).retry_after(*wait)
            }
            Self::InsufficientFunds => Refusal::because(INSUFFICIENT_BALANCE, self),
            Self::OutOfRange(cause) => {
                FieldError::new("total", "out_of_range", cause.to_string()).refusal()
            }
            Self::Cursor(mismatch) => mismatch.refusal(),
            Self::Idempotency(cause) => cause.refusal(),
            Self::Database(cause) => database_refusal(cause),
        }
    }
}

/// Builds the refusal that names all refused lines. A line that is off sale decides
/// the error code, since waiting does not help it.
fn refused(lines: &[RefusedLine]) -> Refusal {
    let off_sale = lines.iter().any(|line| line.why == Shortfall::NotOnSale);
    let code = if off_sale {
        NOT_ON_SALE
    } else {
        STOCK_INSUFFICIENT
    };
    Refusal::naming(code, lines.iter().map(RefusedLine::fault).collect())
}

/// Builds the refusal that names all codes that cannot be used.
fn rejected(codes: &[RejectedCode]) -> Refusal {
    let codes = codes
        .iter()
        .map(|RejectedCode { code, reason }| RefusedCode {
            code: code.clone(),
            reason: reason.name(),
        });
    Refusal::new(PROMOTION_REJECTED).codes(codes.collect())
}

impl RefusedLine {
    fn fault(&self) -> FieldError {
        let what = self
            .sku
            .map_or_else(|| "the product".to_owned(), |sku| format!("SKU {sku}"));
        let (code, detail) = match self.why {
            Shortfall::NotOnSale => (NOT_ON_SALE, format!("{what} is not on sale")),
            Shortfall::Insufficient => (
                STOCK_INSUFFICIENT,
                format!("not enough units of {what} are left"),
            ),
        };
        FieldError {
            sku: self.sku,
            ..FieldError::new(self.field.clone(), code.name(), detail)
        }
    }
}

impl_conflict!(OrderError: Database, Idempotency, Redemption);

impl OrderError {
    /// An internal error: a dependency returned what it returns only for a
    /// wrong call, or for rows that are never deleted.
    fn fault(error: &impl std::fmt::Display) -> Self {
        Self::Database(DbErr::Custom(error.to_string()))
    }
}

impl From<StockLedgerError> for OrderError {
    fn from(error: StockLedgerError) -> Self {
        match error {
            StockLedgerError::Short(_)
            | StockLedgerError::Unknown(_)
            | StockLedgerError::Insufficient(_)
            | StockLedgerError::NoUnits(_) => Self::fault(&error),
            StockLedgerError::Database(error) => Self::Database(error),
        }
    }
}

impl From<WalletError> for OrderError {
    fn from(error: WalletError) -> Self {
        match error {
            WalletError::InsufficientFunds => Self::InsufficientFunds,
            WalletError::OutOfRange(error) => Self::OutOfRange(error),
            WalletError::Database(error) => Self::Database(error),
            WalletError::PinLength
            | WalletError::NoWallet
            | WalletError::NotPaid
            | WalletError::Unbalanced => Self::fault(&error),
        }
    }
}

impl From<PaymentError> for OrderError {
    fn from(error: PaymentError) -> Self {
        match error {
            PaymentError::BadPin => Self::BadPin,
            PaymentError::TooManyFailures(wait) => Self::TooManyFailures(wait),
            PaymentError::Wallet(error) => error.into(),
            PaymentError::Idempotency(error) => error.into(),
            PaymentError::Cursor(error) => error.into(),
            PaymentError::Database(error) => Self::Database(error),
            PaymentError::Invalid(_) | PaymentError::NotFound => Self::fault(&error),
        }
    }
}

impl From<AddressError> for OrderError {
    fn from(error: AddressError) -> Self {
        match error {
            AddressError::NotFound | AddressError::Required => Self::AddressNotFound,
            AddressError::Banned => Self::Banned,
            AddressError::Database(error) => Self::Database(error),
            AddressError::Invalid(_) | AddressError::TooMany => Self::fault(&error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(sku: i64, why: Shortfall) -> RefusedLine {
        RefusedLine {
            field: format!("items[{sku}].sku_id"),
            sku: Some(SkuId(sku)),
            why,
        }
    }

    #[test]
    fn every_line_is_named_and_one_that_is_off_sale_decides_the_code() {
        let short = line(1, Shortfall::Insufficient);
        let gone = line(2, Shortfall::NotOnSale);

        let refusal = OrderError::Refused(vec![short.clone(), gone]).refusal();
        assert_eq!(refusal.code, NOT_ON_SALE);
        assert_eq!(refusal.detail, "not enough units of SKU 1 are left");
        let codes: Vec<_> = refusal.fields.iter().map(|fault| fault.code).collect();
        assert_eq!(codes, ["stock_insufficient", "not_on_sale"]);
        assert_eq!(refusal.fields[1].sku, Some(SkuId(2)));

        let refusal = OrderError::Refused(vec![short]).refusal();
        assert_eq!(refusal.code, STOCK_INSUFFICIENT);
    }

    #[test]
    fn an_address_of_somebody_else_is_named_as_the_field() {
        let refusal = OrderError::AddressNotFound.refusal();

        assert_eq!(refusal.code, NOT_FOUND);
        assert_eq!(refusal.fields[0].field, "address_id");
    }
}
