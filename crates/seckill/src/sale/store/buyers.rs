//! Queries on the buyers of a sale: their units, and the languages of their mails.

use std::collections::{BTreeMap, HashMap};

use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseBackend, DatabaseTransaction, DbErr,
    EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Statement,
};
use stampede_kernel::{Language, SaleId, UserId};
use stampede_persistence::entity::{sale_buyer, user};
use stampede_persistence::{in_shapes, padded, send};

/// All buyers who have or had units, with their current units.
pub(crate) async fn buyers(
    tx: &DatabaseTransaction,
    sale: SaleId,
) -> Result<Vec<(UserId, i64)>, DbErr> {
    sale_buyer::Entity::find()
        .select_only()
        .columns([sale_buyer::Column::UserId, sale_buyer::Column::Units])
        .filter(sale_buyer::Column::SaleId.eq(sale))
        .into_tuple()
        .all(tx)
        .await
}

/// The largest number of units that a buyer has.
pub(in crate::sale) async fn most_units(
    tx: &DatabaseTransaction,
    sale: SaleId,
) -> Result<i64, DbErr> {
    let most = sale_buyer::Entity::find()
        .filter(sale_buyer::Column::SaleId.eq(sale))
        .order_by_desc(sale_buyer::Column::Units)
        .one(tx)
        .await?;
    Ok(most.map_or(0, |row| row.units))
}

/// Counts the users that have more than `limit` units.
pub(crate) async fn over_limit(
    tx: &DatabaseTransaction,
    sale: SaleId,
    users: Vec<UserId>,
    limit: i64,
) -> Result<u64, DbErr> {
    sale_buyer::Entity::find()
        .filter(sale_buyer::Column::SaleId.eq(sale))
        .filter(sale_buyer::Column::UserId.is_in(padded(users)))
        .filter(sale_buyer::Column::Units.gt(limit))
        .count(tx)
        .await
}

/// Sums units by user, in the order of user ids.
pub(crate) fn by_user(units: impl IntoIterator<Item = (UserId, i64)>) -> Vec<(UserId, i64)> {
    let mut sums = BTreeMap::new();
    for (user, units) in units {
        *sums.entry(user).or_insert(0) += units;
    }
    sums.into_iter().collect()
}

/// Builds the statements that add to the units of buyers, in the order of user ids, so
/// that two batches cannot deadlock.
pub(crate) fn buyer_upserts(
    backend: DatabaseBackend,
    sale: SaleId,
    units: &[(UserId, i64)],
) -> Vec<Statement> {
    upserts(backend, sale, units, '+')
}

/// Subtracts from the units of buyers, in the same order as [`buyer_upserts`], so that
/// a batch that sells and one that releases cannot deadlock. Each buyer has a row,
/// since a ticket of the buyer held units.
pub(in crate::sale) async fn take_units(
    tx: &DatabaseTransaction,
    sale: SaleId,
    units: &[(UserId, i64)],
) -> Result<(), DbErr> {
    send(tx, upserts(tx.get_database_backend(), sale, units, '-')).await?;
    Ok(())
}

/// An upsert locks its rows in the given order on each database; an `UPDATE … WHERE
/// user_id IN (…)` locks them in the order of its plan.
fn upserts(
    backend: DatabaseBackend,
    sale: SaleId,
    units: &[(UserId, i64)],
    sign: char,
) -> Vec<Statement> {
    let moved = match backend {
        DatabaseBackend::MySql => format!("`sale_buyer`.`units` {sign} VALUES(`units`)"),
        _ => format!(r#""sale_buyer"."units" {sign} excluded."units""#),
    };
    let statement = |chunk: Vec<(UserId, i64)>| {
        let rows = chunk
            .into_iter()
            .map(|(user, units)| sale_buyer::ActiveModel {
                sale_id: Set(sale),
                user_id: Set(user),
                units: Set(units),
            });
        let mut existing =
            OnConflict::columns([sale_buyer::Column::SaleId, sale_buyer::Column::UserId]);
        existing.value(sale_buyer::Column::Units, Expr::cust(moved.clone()));
        sale_buyer::Entity::insert_many(rows)
            .on_conflict(existing)
            .build(backend)
    };
    in_shapes(units.to_vec()).map(statement).collect()
}

/// The language in which each of these users signed in last.
pub(crate) async fn user_languages(
    db: &impl ConnectionTrait,
    users: Vec<UserId>,
) -> Result<HashMap<UserId, Language>, DbErr> {
    let rows: Vec<(UserId, String)> = user::Entity::find()
        .select_only()
        .column(user::Column::Id)
        .column(user::Column::Language)
        .filter(user::Column::Id.is_in(users))
        .into_tuple()
        .all(db)
        .await?;
    let known = |(id, tag): (UserId, String)| Some((id, Language::parse(&tag).ok()?));
    Ok(rows.into_iter().filter_map(known).collect())
}
