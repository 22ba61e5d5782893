//! Queries on favourites; the owner is in the WHERE of each.

use sea_orm::sea_query::Query;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use stampede_kernel::{FavoriteId, ProductId, Timestamp, UserId};
use stampede_persistence::entity::{favorite, product};
use stampede_persistence::insert_or_ignore;

/// Reads at most `limit` favourites, newest first.
pub(super) async fn page(
    db: &impl ConnectionTrait,
    owner: UserId,
    below: Option<FavoriteId>,
    limit: u64,
) -> Result<Vec<favorite::Model>, DbErr> {
    let mut mine = favorite::Entity::find().filter(favorite::Column::UserId.eq(owner));
    if let Some(id) = below {
        mine = mine.filter(favorite::Column::Id.lt(id));
    }
    mine.order_by_desc(favorite::Column::Id)
        .limit(limit)
        .all(db)
        .await
}

pub(super) async fn find(
    db: &impl ConnectionTrait,
    owner: UserId,
    product: ProductId,
) -> Result<Option<favorite::Model>, DbErr> {
    favorite::Entity::find()
        .filter(favorite::Column::UserId.eq(owner))
        .filter(favorite::Column::ProductId.eq(product))
        .one(db)
        .await
}

pub(super) async fn count(tx: &impl ConnectionTrait, owner: UserId) -> Result<u64, DbErr> {
    favorite::Entity::find()
        .filter(favorite::Column::UserId.eq(owner))
        .count(tx)
        .await
}

pub(super) async fn is_on_sale(
    tx: &impl ConnectionTrait,
    product: ProductId,
) -> Result<bool, DbErr> {
    let found = product::Entity::find_by_id(product)
        .filter(product::Column::OnSale.eq(true))
        .count(tx)
        .await?;
    Ok(found == 1)
}

/// Inserts the row and returns whether it is new.
pub(super) async fn insert(
    tx: &impl ConnectionTrait,
    owner: UserId,
    product: ProductId,
    at: Timestamp,
) -> Result<bool, DbErr> {
    let insert = Query::insert()
        .into_table(favorite::Entity)
        .columns(["user_id", "product_id", "created_at"])
        .values_panic([owner.0.into(), product.0.into(), at.0.into()])
        .take();
    let statement = insert_or_ignore(tx.get_database_backend(), &insert);
    Ok(tx.execute_raw(statement).await?.rows_affected() == 1)
}

/// Deletes the row and returns whether it existed.
pub(super) async fn delete(
    db: &impl ConnectionTrait,
    owner: UserId,
    product: ProductId,
) -> Result<bool, DbErr> {
    let gone = favorite::Entity::delete_many()
        .filter(favorite::Column::UserId.eq(owner))
        .filter(favorite::Column::ProductId.eq(product))
        .exec(db)
        .await?;
    Ok(gone.rows_affected > 0)
}
