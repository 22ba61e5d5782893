//! The promotion service, for admins.

use async_trait::async_trait;
use stampede_kernel::{Cursor, Page, PageSize, PromotionId, UserId};

use crate::{Promotion, PromotionChange, PromotionError, Terms};

/// Promotions as admins see and change them. Every change has its entry in the audit log.
#[async_trait]
pub trait PromotionService: Send + Sync {
    /// Lists a page of promotions, newest first.
    async fn promotions(
        &self,
        size: PageSize,
        cursor: Option<Cursor>,
    ) -> Result<Page<Promotion>, PromotionError>;

    /// Reads a promotion.
    async fn promotion(&self, id: PromotionId) -> Result<Promotion, PromotionError>;

    /// Adds a promotion.
    async fn create(&self, admin: UserId, terms: Terms) -> Result<Promotion, PromotionError>;

    /// Changes the terms of a promotion. Orders keep what they were placed with.
    async fn change(
        &self,
        admin: UserId,
        id: PromotionId,
        change: PromotionChange,
    ) -> Result<Promotion, PromotionError>;

    /// Deletes a promotion that no order ever used, and disables any other one.
    async fn delete(&self, admin: UserId, id: PromotionId) -> Result<(), PromotionError>;
}
