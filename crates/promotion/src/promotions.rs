//! The promotion service on the database.

use std::sync::Arc;

use async_trait::async_trait;
use sea_orm::{DatabaseTransaction, DbErr, SqlErr};
use serde_json::json;
use stampede_kernel::{Clock, Cursor, FieldError, Page, PageSize, PromotionId, UserId};
use stampede_persistence::audit_log::{self, AuditEntry};
use stampede_persistence::{Database, retrying};

use crate::{Promotion, PromotionChange, PromotionError, PromotionService, Terms, store};

/// The promotions of the database.
pub struct DbPromotions {
    db: Database,
    clock: Arc<dyn Clock>,
}

impl DbPromotions {
    /// Promotions of this database.
    pub fn new(db: Database, clock: Arc<dyn Clock>) -> Self {
        Self { db, clock }
    }

    async fn insert(&self, admin: UserId, terms: &Terms) -> Result<Promotion, PromotionError> {
        let at = self.clock.now();
        let tx = self.db.begin_write().await?;
        check_scope(&tx, terms).await?;
        let id = store::insert(&tx, terms, at).await.map_err(taken)?;
        audit_log::write(&tx, act(admin, "promotion.create", id, terms), at).await?;
        let made = store::find(&tx, id)
            .await?
            .ok_or(PromotionError::NotFound)?;
        tx.commit().await?;
        Ok(made)
    }

    async fn update(
        &self,
        admin: UserId,
        id: PromotionId,
        change: &PromotionChange,
    ) -> Result<Promotion, PromotionError> {
        let at = self.clock.now();
        let tx = self.db.begin_write().await?;
        let now = store::lock(&tx, id)
            .await?
            .ok_or(PromotionError::NotFound)?;
        let terms = change.clone().apply(now.terms);
        terms.check()?;
        check_scope(&tx, &terms).await?;
        if terms.usage_limit.is_some_and(|limit| limit < now.used) {
            return Err(PromotionError::BelowUsed);
        }
        if let Some(limit) = terms.per_user_limit
            && limit < store::most_units(&tx, id).await?
        {
            return Err(PromotionError::BelowUsed);
        }
        store::update(&tx, id, &terms).await.map_err(taken)?;
        audit_log::write(&tx, act(admin, "promotion.update", id, &terms), at).await?;
        let changed = store::find(&tx, id)
            .await?
            .ok_or(PromotionError::NotFound)?;
        tx.commit().await?;
        Ok(changed)
    }

    async fn erase(&self, admin: UserId, id: PromotionId) -> Result<(), PromotionError> {
        let at = self.clock.now();
        let tx = self.db.begin_write().await?;
        let Promotion { terms, .. } = store::lock(&tx, id)
            .await?
            .ok_or(PromotionError::NotFound)?;
        let terms = Terms {
            enabled: false,
            ..terms
        };
        if store::is_redeemed(&tx, id).await? {
            store::update(&tx, id, &terms).await?;
        } else {
            store::delete(&tx, id).await?;
        }
        audit_log::write(&tx, act(admin, "promotion.delete", id, &terms), at).await?;
        tx.commit().await?;
        Ok(())
    }
}

#[async_trait]
impl PromotionService for DbPromotions {
    async fn promotions(
        &self,
        size: PageSize,
        cursor: Option<Cursor>,
    ) -> Result<Page<Promotion>, PromotionError> {
        store::page(self.db.reader(), size, cursor.as_ref()).await
    }

    async fn promotion(&self, id: PromotionId) -> Result<Promotion, PromotionError> {
        let found = store::find(self.db.reader(), id).await?;
        found.ok_or(PromotionError::NotFound)
    }

    async fn create(&self, admin: UserId, terms: Terms) -> Result<Promotion, PromotionError> {
        terms.check()?;
        retrying(|| self.insert(admin, &terms)).await
    }

    async fn change(
        &self,
        admin: UserId,
        id: PromotionId,
        change: PromotionChange,
    ) -> Result<Promotion, PromotionError> {
        retrying(|| self.update(admin, id, &change)).await
    }

    async fn delete(&self, admin: UserId, id: PromotionId) -> Result<(), PromotionError> {
        retrying(|| self.erase(admin, id)).await
    }
}

/// Checks that the categories and the products of the scope exist.
async fn check_scope(tx: &DatabaseTransaction, terms: &Terms) -> Result<(), PromotionError> {
    if let Some(ids) = &terms.categories
        && store::unknown_category(tx, ids).await?
    {
        let detail = "a category does not exist";
        return Err(FieldError::new("category_ids", "unknown_category", detail).into());
    }
    if let Some(ids) = &terms.products
        && store::unknown_product(tx, ids).await?
    {
        let detail = "a product does not exist";
        return Err(FieldError::new("product_ids", "unknown_product", detail).into());
    }
    Ok(())
}

/// The unique index on the codes' keys decides between two who want the same one.
fn taken(error: DbErr) -> PromotionError {
    match error.sql_err() {
        Some(SqlErr::UniqueConstraintViolation(_)) => PromotionError::CodeTaken,
        _ => error.into(),
    }
}

fn act(admin: UserId, action: &'static str, id: PromotionId, terms: &Terms) -> AuditEntry {
    let detail = json!({
        "name": terms.name,
        "code": terms.code,
        "usage_limit": terms.usage_limit,
        "per_user_limit": terms.per_user_limit,
        "enabled": terms.enabled,
    });
    AuditEntry {
        actor: Some(admin),
        action,
        target: format!("promotion:{id}"),
        detail: detail.to_string(),
    }
}

impl std::fmt::Debug for DbPromotions {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DbPromotions").finish_non_exhaustive()
    }
}
