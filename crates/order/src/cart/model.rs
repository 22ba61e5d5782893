//! Carts.

use sea_orm::DbErr;
use stampede_catalog::{Names, Sku};
use stampede_kernel::codes::NOT_FOUND;
use stampede_kernel::{FieldError, Money, MoneyOutOfRange, ProductId, Refusal, Refuse};
use stampede_media::Image;
use stampede_persistence::{Conflict, database_refusal};

use crate::codes::CART_FULL;

/// A line of a cart, priced as of now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CartItem {
    /// What.
    pub sku: Sku,
    /// Of which product.
    pub product: ProductId,
    /// The product's name in the shop's language.
    pub name: String,
    /// Its translations.
    pub names: Names,
    /// Its first picture.
    pub cover: Option<Image>,
    /// How many.
    pub num: i64,
    /// On sale, and that many are left.
    pub available: bool,
}

/// A cart, in the order things were put in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cart {
    /// Its lines.
    pub items: Vec<CartItem>,
    /// What its available lines cost.
    pub total: Money,
}

/// Why a cart could not be shown or changed.
#[derive(Debug, thiserror::Error)]
pub enum CartError {
    /// One field breaks its rule.
    #[error(transparent)]
    Invalid(#[from] FieldError),
    /// The SKU does not exist or its product is off sale.
    #[error("the SKU does not exist")]
    NotFound,
    /// The owner was banned after the request had begun.
    #[error("the account may not act any more")]
    Banned,
    /// The cart has 100 lines.
    #[error("a cart has at most 100 lines")]
    TooManyLines,
    /// The sum left the range of money.
    #[error(transparent)]
    OutOfRange(#[from] MoneyOutOfRange),
    /// The database failed; nothing was changed.
    #[error("the cart could not be read or written")]
    Database(#[from] DbErr),
}

impl Conflict for CartError {
    fn is_conflict(&self) -> bool {
        matches!(self, Self::Database(error) if error.is_conflict())
    }
}

impl Refuse for CartError {
    fn refusal(&self) -> Refusal {
        match self {
            Self::Invalid(fault) => fault.refusal(),
            Self::NotFound => Refusal::new(NOT_FOUND),
            Self::Banned => Refusal::unauthenticated(),
            Self::TooManyLines => Refusal::because(CART_FULL, self),
            Self::OutOfRange(cause) => {
                FieldError::new("total", "out_of_range", cause.to_string()).refusal()
            }
            Self::Database(cause) => database_refusal(cause),
        }
    }
}
