//! Creation of products.

use sea_orm::DatabaseTransaction;
use serde_json::json;
use stampede_kernel::{CategoryId, FieldError, ImageId, ProductId, UserId};

use super::{DbProducts, NewProduct, NewSku, ProductError, store};
use crate::{category, stock};

impl DbProducts {
    /// Writes the whole product in one transaction.
    pub(super) async fn insert(
        &self,
        admin: UserId,
        new: &NewProduct,
    ) -> Result<ProductId, ProductError> {
        let at = self.context.clock.now();
        let tx = self.context.db.begin_write().await?;
        check_category(&tx, new.category_id).await?;
        check_stored(&tx, &new.images).await?;
        let id = store::insert(&tx, new, stock::Cause::opening(admin, at)).await?;
        Self::audited_change(admin, "product.create", id, summary(new))
            .record(&tx, at)
            .await?;
        tx.commit().await?;
        Ok(id)
    }
}

/// Checks that the category exists, and locks it until the transaction ends.
pub(super) async fn check_category(
    tx: &DatabaseTransaction,
    id: CategoryId,
) -> Result<(), ProductError> {
    if category::store::lock(tx, id).await? {
        return Ok(());
    }
    Err(unknown_category().into())
}

pub(super) fn unknown_category() -> FieldError {
    FieldError::new(
        "category_id",
        "unknown_category",
        "the category does not exist",
    )
}

/// Checks that every picture is stored, and locks them.
pub(super) async fn check_stored(
    tx: &DatabaseTransaction,
    images: &[ImageId],
) -> Result<(), ProductError> {
    if stampede_media::lock_images(tx, images).await? {
        return Ok(());
    }
    Err(FieldError::new("file", "unknown_image", "a picture does not exist").into())
}

fn summary(new: &NewProduct) -> serde_json::Value {
    let skus: Vec<_> = new.skus.iter().map(sku_summary).collect();
    json!({
        "name": new.name,
        "category_id": new.category_id,
        "on_sale": new.on_sale,
        "skus": skus,
    })
}

/// Summarises a new SKU for the audit log.
pub(super) fn sku_summary(sku: &NewSku) -> serde_json::Value {
    json!({
        "price": sku.price,
        "discount_price": sku.discount_price,
        "num": sku.num,
        "tax_rate_bp": sku.tax_rate,
    })
}
