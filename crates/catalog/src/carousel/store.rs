//! Queries on slides.

use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait,
    PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};
use stampede_kernel::{CarouselId, ProductId, Timestamp};
use stampede_persistence::entity::{carousel, product};

use super::{CarouselChange, NewCarousel};
use crate::text;

/// Reads all slides, oldest first.
pub(super) async fn all(db: &impl ConnectionTrait) -> Result<Vec<carousel::Model>, DbErr> {
    carousel::Entity::find()
        .order_by_asc(carousel::Column::Id)
        .all(db)
        .await
}

/// Locks the slide until the transaction ends and returns whether it exists.
pub(super) async fn lock(tx: &impl ConnectionTrait, id: CarouselId) -> Result<bool, DbErr> {
    let row = carousel::Entity::find_by_id(id)
        .lock_exclusive()
        .one(tx)
        .await?;
    Ok(row.is_some())
}

pub(super) async fn product_exists(
    tx: &impl ConnectionTrait,
    id: ProductId,
) -> Result<bool, DbErr> {
    Ok(product::Entity::find_by_id(id).count(tx).await? == 1)
}

pub(super) async fn insert(
    tx: &impl ConnectionTrait,
    new: &NewCarousel,
    at: Timestamp,
) -> Result<CarouselId, DbErr> {
    let row = carousel::ActiveModel {
        product_id: Set(new.product_id),
        title: Set(new.title.clone()),
        translations: Set(text::to_column(&new.translations)),
        image_id: Set(new.image),
        created_at: Set(at),
        ..Default::default()
    };
    let inserted = carousel::Entity::insert(row).exec(tx).await?;
    Ok(inserted.last_insert_id)
}

/// Writes the columns that the change sets.
pub(super) async fn update(
    tx: &impl ConnectionTrait,
    id: CarouselId,
    change: &CarouselChange,
) -> Result<(), DbErr> {
    let mut row = <carousel::ActiveModel as Default>::default();
    if let Some(title) = &change.title {
        row.title = Set(title.clone());
    }
    if let Some(translations) = &change.translations {
        row.translations = Set(text::to_column(translations));
    }
    if let Some(product) = change.product_id {
        row.product_id = Set(product);
    }
    if row.is_changed() {
        carousel::Entity::update_many()
            .set(row)
            .filter(carousel::Column::Id.eq(id))
            .exec(tx)
            .await?;
    }
    Ok(())
}

/// Deletes the row and returns whether it existed.
pub(super) async fn delete(tx: &impl ConnectionTrait, id: CarouselId) -> Result<bool, DbErr> {
    let gone = carousel::Entity::delete_by_id(id).exec(tx).await?;
    Ok(gone.rows_affected == 1)
}
