//! Carts.

use sea_orm::DbErr;
use stampede_catalog::{Names, Sku};
use stampede_kernel::codes::NOT_FOUND;
use stampede_kernel::{FieldError, Money, MoneyOutOfRange, ProductId, Refusal, Refuse};
use stampede_media::Image;
use stampede_persistence::{database_refusal, impl_conflict};

use crate::codes::CART_FULL;

/// A line of a cart, at the current price.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CartItem {
    /// The SKU.
    pub sku: Sku,
    /// The SKU's product.
    pub product: ProductId,
    /// The product's name in the shop's language.
    pub name: String,
    /// The translations of the product's name.
    pub names: Names,
    /// The product's cover.
    pub cover: Option<Image>,
    /// Units.
    pub num: i64,
    /// Whether the SKU is on sale with at least that many units left.
    pub available: bool,
}

/// A cart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cart {
    /// The lines, in the order in which they were added.
    pub items: Vec<CartItem>,
    /// The total of its available lines.
    pub total: Money,
}

/// The error of reading or changing a cart.
#[derive(Debug, thiserror::Error)]
pub enum CartError {
    /// One field breaks its rule.
    #[error(transparent)]
    Invalid(#[from] FieldError),
    /// The SKU does not exist or its product is off sale.
    #[error("the SKU does not exist")]
    NotFound,
    /// The owner was banned meanwhile.
    #[error("the account may not act any more")]
    Banned,
    /// The cart has 100 lines.
    #[error("a cart has at most 100 lines")]
    TooManyLines,
    /// The total is out of the range of money.
    #[error(transparent)]
    OutOfRange(#[from] MoneyOutOfRange),
    /// The database failed; nothing was changed.
    #[error("the cart could not be read or written")]
    Database(#[from] DbErr),
}

impl_conflict!(CartError: Database);

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
