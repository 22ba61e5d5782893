//! The cart service.

use async_trait::async_trait;
use stampede_kernel::{SkuId, UserId};

use super::{Cart, CartError};

/// Operations on a user's own cart.
#[async_trait]
pub trait CartService: Send + Sync {
    /// Reads the cart at current prices.
    async fn cart(&self, owner: UserId) -> Result<Cart, CartError>;

    /// Sets the units of a SKU in the cart, 0–99; 0 removes the line.
    async fn put(&self, owner: UserId, sku: SkuId, num: i64) -> Result<Cart, CartError>;

    /// Empties the cart.
    async fn clear(&self, owner: UserId) -> Result<(), CartError>;
}
