//! References from the catalogue to stored pictures.

use std::collections::{HashMap, HashSet};

use async_trait::async_trait;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, QuerySelect,
};
use stampede_kernel::ImageId;
use stampede_media::{Image, ImageReferences};
use stampede_persistence::entity::{carousel, category, image, product_image};

/// Reads pictures by id.
pub(crate) async fn by_id(
    db: &impl ConnectionTrait,
    ids: &[ImageId],
) -> Result<HashMap<ImageId, Image>, DbErr> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = image::Entity::find()
        .filter(image::Column::Id.is_in(ids.iter().copied()))
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.into())).collect())
}

/// Finds the pictures that products, categories and the carousel refer to.
#[derive(Debug, Clone, Copy)]
pub struct CatalogPictures;

#[async_trait]
impl ImageReferences for CatalogPictures {
    async fn referenced(
        &self,
        tx: &DatabaseTransaction,
        images: &[ImageId],
    ) -> Result<HashSet<ImageId>, DbErr> {
        let asked = || images.iter().copied();
        let of_products: Vec<ImageId> = product_image::Entity::find()
            .select_only()
            .column(product_image::Column::ImageId)
            .filter(product_image::Column::ImageId.is_in(asked()))
            .into_tuple()
            .all(tx)
            .await?;
        let of_categories: Vec<ImageId> = category::Entity::find()
            .select_only()
            .column(category::Column::ImageId)
            .filter(category::Column::ImageId.is_in(asked()))
            .into_tuple()
            .all(tx)
            .await?;
        let of_slides: Vec<ImageId> = carousel::Entity::find()
            .select_only()
            .column(carousel::Column::ImageId)
            .filter(carousel::Column::ImageId.is_in(asked()))
            .into_tuple()
            .all(tx)
            .await?;
        let shown = [of_products, of_categories, of_slides];
        Ok(shown.into_iter().flatten().collect())
    }
}
