//! Queries on categories.

use std::collections::BTreeSet;

use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait,
    PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};
use stampede_kernel::{CategoryId, Timestamp};
use stampede_persistence::entity::{category, product};

use super::{CategoryChange, CategoryTree, NewCategory};
use crate::text;

/// Reads all rows, oldest first.
pub(crate) async fn all(db: &impl ConnectionTrait) -> Result<Vec<category::Model>, DbErr> {
    category::Entity::find()
        .order_by_asc(category::Column::Id)
        .all(db)
        .await
}

/// Reads the shape of the tree.
pub(crate) async fn tree(db: &impl ConnectionTrait) -> Result<CategoryTree, DbErr> {
    let rows: Vec<(CategoryId, Option<CategoryId>)> = shape().into_tuple().all(db).await?;
    Ok(rows.into_iter().collect())
}

/// Returns these categories and everything below them.
///
/// # Errors
///
/// When the database cannot be read.
pub async fn categories_below(
    db: &impl ConnectionTrait,
    ids: &BTreeSet<CategoryId>,
) -> Result<BTreeSet<CategoryId>, DbErr> {
    let tree = tree(db).await?;
    Ok(ids.iter().flat_map(|id| tree.from(*id)).collect())
}

/// Reads the shape of the tree and locks it until the transaction ends. Every move
/// locks all rows in the same order, so that two concurrent moves cannot make a cycle.
pub(crate) async fn lock_tree(tx: &impl ConnectionTrait) -> Result<CategoryTree, DbErr> {
    let rows: Vec<(CategoryId, Option<CategoryId>)> =
        shape().lock_exclusive().into_tuple().all(tx).await?;
    Ok(rows.into_iter().collect())
}

fn shape() -> sea_orm::Select<category::Entity> {
    category::Entity::find()
        .select_only()
        .columns([category::Column::Id, category::Column::ParentId])
        .order_by_asc(category::Column::Id)
}

/// Locks the category until the transaction ends and returns whether it exists.
pub(crate) async fn lock(tx: &impl ConnectionTrait, id: CategoryId) -> Result<bool, DbErr> {
    let row: Option<CategoryId> = category::Entity::find_by_id(id)
        .select_only()
        .column(category::Column::Id)
        .lock_exclusive()
        .into_tuple()
        .one(tx)
        .await?;
    Ok(row.is_some())
}

pub(crate) async fn insert(
    tx: &impl ConnectionTrait,
    new: &NewCategory,
    at: Timestamp,
) -> Result<CategoryId, DbErr> {
    let row = category::ActiveModel {
        parent_id: Set(new.parent_id),
        name: Set(new.name.clone()),
        translations: Set(new.translations.as_ref().and_then(text::to_column)),
        image_id: Set(new.image),
        created_at: Set(at),
        ..Default::default()
    };
    let inserted = category::Entity::insert(row).exec(tx).await?;
    Ok(inserted.last_insert_id)
}

/// Writes the columns that `change` sets.
pub(super) async fn update(
    tx: &impl ConnectionTrait,
    id: CategoryId,
    change: &CategoryChange,
) -> Result<(), DbErr> {
    let mut row = <category::ActiveModel as Default>::default();
    if let Some(parent) = change.parent_id {
        row.parent_id = Set(parent);
    }
    if let Some(name) = &change.name {
        row.name = Set(name.clone());
    }
    if let Some(translations) = &change.translations {
        row.translations = Set(text::to_column(translations));
    }
    if let Some(image) = change.image {
        row.image_id = Set(image);
    }
    if !row.is_changed() {
        return Ok(());
    }
    category::Entity::update_many()
        .set(row)
        .filter(category::Column::Id.eq(id))
        .exec(tx)
        .await?;
    Ok(())
}

/// Counts the products, on sale or not, and the subcategories of a category.
pub(super) async fn contents(
    tx: &impl ConnectionTrait,
    id: CategoryId,
) -> Result<(u64, u64), DbErr> {
    let categories = category::Entity::find()
        .filter(category::Column::ParentId.eq(id))
        .count(tx)
        .await?;
    let products = product::Entity::find()
        .filter(product::Column::CategoryId.eq(id))
        .count(tx)
        .await?;
    Ok((products, categories))
}

pub(super) async fn delete(tx: &impl ConnectionTrait, id: CategoryId) -> Result<(), DbErr> {
    category::Entity::delete_by_id(id).exec(tx).await?;
    Ok(())
}
