//! What the gateway may ask of categories.

use async_trait::async_trait;
use stampede_kernel::{CategoryId, UserId};

use super::{Category, CategoryChange, CategoryError, NewCategory};

/// The category tree: read by everybody, changed by admins.
#[async_trait]
pub trait CategoryService: Send + Sync {
    /// All of them, oldest first.
    async fn categories(&self) -> Result<Vec<Category>, CategoryError>;

    /// Adds one.
    async fn create(&self, admin: UserId, category: NewCategory)
    -> Result<Category, CategoryError>;

    /// Changes one; two moves at once cannot make a ring.
    async fn change(
        &self,
        admin: UserId,
        id: CategoryId,
        change: CategoryChange,
    ) -> Result<Category, CategoryError>;

    /// Deletes one that has no products and no categories below it.
    async fn delete(&self, admin: UserId, id: CategoryId) -> Result<(), CategoryError>;
}
