//! A product's pictures and their order.

use std::collections::HashSet;

use sea_orm::DatabaseTransaction;
use serde_json::json;
use stampede_kernel::{FieldError, ImageId, ProductId, Timestamp, UserId};

use super::create::check_stored;
use super::rules::MAX_IMAGES;
use super::{DbProducts, ProductError, store};

impl DbProducts {
    pub(super) async fn append_images(
        &self,
        admin: UserId,
        id: ProductId,
        images: &[ImageId],
    ) -> Result<(), ProductError> {
        let at = self.context.clock.now();
        let tx = self.context.db.begin_write().await?;
        let present = lock_image_ids(&tx, id, at).await?;
        let added: Vec<_> = images
            .iter()
            .copied()
            .filter(|image| !present.contains(image))
            .collect();
        let distinct: HashSet<_> = added.iter().collect();
        if present.len() + distinct.len() > MAX_IMAGES {
            return Err(ProductError::TooManyImages);
        }
        check_stored(&tx, &added).await?;
        let from = store::next_place(&tx, id).await?;
        store::append_images(&tx, id, &added, from).await?;
        Self::audited_change(admin, "product.images", id, json!({ "added": added }))
            .record(&tx, at)
            .await?;
        tx.commit().await?;
        Ok(())
    }

    pub(super) async fn drop_image(
        &self,
        admin: UserId,
        id: ProductId,
        image: ImageId,
    ) -> Result<(), ProductError> {
        let at = self.context.clock.now();
        let tx = self.context.db.begin_write().await?;
        lock_image_ids(&tx, id, at).await?;
        if !store::remove_image(&tx, id, image).await? {
            return Err(ProductError::ImageNotFound);
        }
        Self::audited_change(admin, "product.images", id, json!({ "removed": image }))
            .record(&tx, at)
            .await?;
        tx.commit().await?;
        Ok(())
    }

    pub(super) async fn place_images(
        &self,
        admin: UserId,
        id: ProductId,
        order: &[ImageId],
    ) -> Result<(), ProductError> {
        let at = self.context.clock.now();
        let tx = self.context.db.begin_write().await?;
        let present = lock_image_ids(&tx, id, at).await?;
        let named: HashSet<_> = order.iter().copied().collect();
        if order.len() != present.len() || named != present {
            let detail = "must name each picture of the product exactly once";
            return Err(FieldError::new("order", "not_a_permutation", detail).into());
        }
        store::place_images(&tx, id, order).await?;
        Self::audited_change(admin, "product.images", id, json!({ "order": order }))
            .record(&tx, at)
            .await?;
        tx.commit().await?;
        Ok(())
    }
}

/// Locks the product for this transaction and returns the ids of its pictures.
async fn lock_image_ids(
    tx: &DatabaseTransaction,
    id: ProductId,
    at: Timestamp,
) -> Result<HashSet<ImageId>, ProductError> {
    store::lock(tx, id, at)
        .await?
        .ok_or(ProductError::NotFound)?;
    let images = store::images(tx, id).await?;
    Ok(images.into_iter().map(|image| image.id).collect())
}
