//! What the gateway may ask of carts.

use async_trait::async_trait;
use stampede_kernel::{SkuId, UserId};

use super::{Cart, CartError};

/// A user's own cart.
#[async_trait]
pub trait CartService: Send + Sync {
    /// The cart at today's prices.
    async fn cart(&self, owner: UserId) -> Result<Cart, CartError>;

    /// Sets how many of a SKU are in it: 0–99, where 0 takes the line out.
    async fn put(&self, owner: UserId, sku: SkuId, num: i64) -> Result<Cart, CartError>;

    /// Empties it.
    async fn clear(&self, owner: UserId) -> Result<(), CartError>;
}
