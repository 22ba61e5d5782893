//! Queries on addresses; each is restricted to its owner.

use sea_orm::sea_query::{Expr, Query, SimpleExpr};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait,
    ExprTrait, QueryFilter, QueryOrder,
};
use stampede_kernel::{AddressId, Timestamp, UserId};
use stampede_persistence::entity::address;
use stampede_persistence::entity::user::{self, Status};
use stampede_persistence::padded;

use super::NewAddress;

fn kept(owner: UserId) -> SimpleExpr {
    address::Column::UserId
        .eq(owner)
        .and(address::Column::DeletedAt.is_null())
}

/// Lists the owner's addresses, newest first.
pub(super) async fn list(
    db: &impl ConnectionTrait,
    owner: UserId,
) -> Result<Vec<address::Model>, DbErr> {
    address::Entity::find()
        .filter(kept(owner))
        .order_by_desc(address::Column::Id)
        .all(db)
        .await
}

pub(super) async fn find(
    db: &impl ConnectionTrait,
    owner: UserId,
    id: AddressId,
) -> Result<Option<address::Model>, DbErr> {
    address::Entity::find_by_id(id)
        .filter(kept(owner))
        .one(db)
        .await
}

pub(super) async fn find_default(
    db: &impl ConnectionTrait,
    owner: UserId,
) -> Result<Option<address::Model>, DbErr> {
    address::Entity::find()
        .filter(kept(owner))
        .filter(address::Column::IsDefault.eq(true))
        .one(db)
        .await
}

/// Reads the requested addresses and the defaults of their owners, without those of
/// banned owners.
pub(super) async fn find_many(
    db: &impl ConnectionTrait,
    wanted: &[(UserId, Option<AddressId>)],
) -> Result<Vec<address::Model>, DbErr> {
    let owners = padded(wanted.iter().map(|(owner, _)| *owner).collect());
    let banned = Query::select()
        .column(user::Column::Id)
        .from(user::Entity)
        .and_where(user::Column::Id.is_in(owners.clone()))
        .and_where(user::Column::Status.eq(Status::Banned))
        .take();
    let ids: Vec<_> = wanted.iter().filter_map(|(_, id)| *id).collect();
    let mut meant = address::Column::IsDefault.eq(true);
    if !ids.is_empty() {
        meant = meant.or(address::Column::Id.is_in(padded(ids)));
    }
    address::Entity::find()
        .filter(address::Column::UserId.is_in(owners))
        .filter(address::Column::DeletedAt.is_null())
        .filter(address::Column::UserId.not_in_subquery(banned))
        .filter(meant)
        .all(db)
        .await
}

pub(super) async fn insert(
    tx: &DatabaseTransaction,
    owner: UserId,
    new: &NewAddress,
    now: Timestamp,
) -> Result<AddressId, DbErr> {
    let row = address::ActiveModel {
        user_id: Set(owner),
        name: Set(new.name.clone()),
        phone: Set(new.phone.clone()),
        address: Set(new.address.clone()),
        postcode: Set(new.postcode.clone()),
        country: Set(new.country.map(String::from)),
        is_default: Set(false),
        created_at: Set(now),
        ..Default::default()
    };
    let inserted = address::Entity::insert(row).exec(tx).await?;
    Ok(inserted.last_insert_id)
}

pub(super) async fn update(
    tx: &DatabaseTransaction,
    owner: UserId,
    id: AddressId,
    new: &NewAddress,
) -> Result<bool, DbErr> {
    let updated = address::Entity::update_many()
        .col_expr(address::Column::Name, Expr::value(new.name.as_str()))
        .col_expr(address::Column::Phone, Expr::value(new.phone.as_str()))
        .col_expr(address::Column::Address, Expr::value(new.address.as_str()))
        .col_expr(address::Column::Postcode, Expr::value(new.postcode.clone()))
        .col_expr(
            address::Column::Country,
            Expr::value(new.country.map(String::from)),
        )
        .filter(address::Column::Id.eq(id))
        .filter(kept(owner))
        .exec(tx)
        .await?;
    Ok(updated.rows_affected == 1)
}

/// Marks an address as deleted; the row stays for old orders.
pub(super) async fn delete(
    tx: &DatabaseTransaction,
    owner: UserId,
    id: AddressId,
    now: Timestamp,
) -> Result<bool, DbErr> {
    let deleted = address::Entity::update_many()
        .col_expr(address::Column::DeletedAt, Expr::value(now))
        .col_expr(address::Column::IsDefault, Expr::value(false))
        .filter(address::Column::Id.eq(id))
        .filter(kept(owner))
        .exec(tx)
        .await?;
    Ok(deleted.rows_affected == 1)
}

/// Makes `id` the only default of `owner`, or removes the default.
pub(super) async fn make_default(
    tx: &DatabaseTransaction,
    owner: UserId,
    id: Option<AddressId>,
) -> Result<(), DbErr> {
    let is_it = address::Column::Id.eq(id.unwrap_or(AddressId(0)));
    address::Entity::update_many()
        .col_expr(address::Column::IsDefault, is_it)
        .filter(kept(owner))
        .exec(tx)
        .await?;
    Ok(())
}
