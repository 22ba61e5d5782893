//! The pictures that lines of orders show.

use std::collections::HashSet;

use async_trait::async_trait;
use sea_orm::{ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, QuerySelect};
use stampede_kernel::ImageId;
use stampede_media::{Image, ImageReferences};
use stampede_persistence::entity::order_line;

/// The images that order lines show, which the clean-up of images must keep. A line
/// stores its cover as JSON, so all distinct covers are read; there are about as
/// many as products.
#[derive(Debug, Clone, Copy)]
pub struct OrderedImages;

#[async_trait]
impl ImageReferences for OrderedImages {
    fn are_permanent(&self) -> bool {
        true
    }

    async fn referenced(
        &self,
        tx: &DatabaseTransaction,
        images: &[ImageId],
    ) -> Result<HashSet<ImageId>, DbErr> {
        let covers: Vec<String> = order_line::Entity::find()
            .select_only()
            .column(order_line::Column::Image)
            .filter(order_line::Column::Image.is_not_null())
            .distinct()
            .into_tuple()
            .all(tx)
            .await?;
        let asked: HashSet<_> = images.iter().copied().collect();
        let mut shown = HashSet::new();
        for cover in covers {
            let cover: Image =
                serde_json::from_str(&cover).map_err(|error| DbErr::Json(error.to_string()))?;
            shown.extend(asked.get(&cover.id));
        }
        Ok(shown)
    }
}
