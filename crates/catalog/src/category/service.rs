//! The category service.

use async_trait::async_trait;
use stampede_kernel::{CategoryId, UserId};

use super::{Category, CategoryChange, CategoryError, NewCategory};

/// The category tree: read by everybody, changed by admins.
#[async_trait]
pub trait CategoryService: Send + Sync {
    /// Returns all categories, oldest first.
    async fn categories(&self) -> Result<Vec<Category>, CategoryError>;

    /// Adds a row and returns it.
    async fn create(&self, admin: UserId, category: NewCategory)
    -> Result<Category, CategoryError>;

    /// Changes a category; two concurrent moves cannot make a cycle.
    async fn change(
        &self,
        admin: UserId,
        id: CategoryId,
        change: CategoryChange,
    ) -> Result<Category, CategoryError>;

    /// Deletes a category that has no products and no subcategories.
    async fn delete(&self, admin: UserId, id: CategoryId) -> Result<(), CategoryError>;
}
