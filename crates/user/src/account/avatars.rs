//! References from users to their avatars.

use std::collections::HashSet;

use async_trait::async_trait;
use sea_orm::{ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, QuerySelect};
use stampede_kernel::ImageId;
use stampede_media::ImageReferences;
use stampede_persistence::entity::user;

/// References from users to their avatars.
#[derive(Debug, Clone, Copy)]
pub struct Avatars;

#[async_trait]
impl ImageReferences for Avatars {
    async fn referenced(
        &self,
        tx: &DatabaseTransaction,
        images: &[ImageId],
    ) -> Result<HashSet<ImageId>, DbErr> {
        let shown: Vec<ImageId> = user::Entity::find()
            .select_only()
            .column(user::Column::AvatarId)
            .filter(user::Column::AvatarId.is_in(images.iter().copied()))
            .into_tuple()
            .all(tx)
            .await?;
        Ok(shown.into_iter().collect())
    }
}
