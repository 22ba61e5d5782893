//! Stored pictures as the nouns of the catalogue refer to them.

use std::collections::{HashMap, HashSet};

use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter};
use stampede_kernel::ImageId;
use stampede_media::Image;
use stampede_persistence::entity::image;

/// The pictures of these ids.
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

/// Whether every one of these is stored.
pub(crate) async fn all_exist(db: &impl ConnectionTrait, ids: &[ImageId]) -> Result<bool, DbErr> {
    let wanted: HashSet<_> = ids.iter().copied().collect();
    if wanted.is_empty() {
        return Ok(true);
    }
    let expected = wanted.len();
    let stored = image::Entity::find()
        .filter(image::Column::Id.is_in(wanted))
        .count(db)
        .await?;
    Ok(usize::try_from(stored).is_ok_and(|stored| stored == expected))
}
