//! Stock: one conditional update and one journal row per movement.

use async_trait::async_trait;
use sea_orm::DbErr;
use serde::Serialize;
use stampede_kernel::{SkuId, UserId};
use stampede_persistence::idempotency::{Idempotency, IdempotencyError};

use crate::product::Sku;

/// A movement an admin makes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StockMove {
    /// Of which SKU.
    pub sku: SkuId,
    /// Units, signed, not 0.
    pub delta: i64,
    /// 1–255 characters.
    pub reason: String,
}

/// Why stock did not move.
#[derive(Debug, thiserror::Error)]
pub enum StockError {
    /// One field breaks its rule: the field, a stable code, and words.
    #[error("{detail}")]
    Invalid {
        /// The field's name as the API spells it.
        field: &'static str,
        /// A stable code.
        code: &'static str,
        /// In words.
        detail: String,
    },
    /// No such SKU.
    #[error("the SKU does not exist")]
    NotFound,
    /// Fewer units are left than would be taken.
    #[error("not enough units are left")]
    Insufficient,
    /// The idempotency key cannot be used.
    #[error(transparent)]
    Idempotency(#[from] IdempotencyError),
    /// The database failed; nothing moved.
    #[error("the stock could not be moved")]
    Database(#[from] DbErr),
}

/// Moves stock by an admin's hand.
#[async_trait]
pub trait StockService: Send + Sync {
    /// Moves it once per idempotency key; the bool says whether the answer was replayed.
    async fn move_stock(
        &self,
        admin: UserId,
        movement: StockMove,
        key: Option<Idempotency>,
    ) -> Result<(Sku, bool), StockError>;
}
