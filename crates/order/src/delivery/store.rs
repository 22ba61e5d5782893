//! The rows of delivery methods.

use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait,
    PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};
use stampede_kernel::{DeliveryMethodId, Timestamp};
use stampede_persistence::entity::delivery_method;

use super::{DeliveryMethod, DeliveryMethods, DeliveryTerms};

/// Reads all methods by one statement.
pub(crate) async fn all(db: &impl ConnectionTrait) -> Result<DeliveryMethods, DbErr> {
    let rows = delivery_method::Entity::find()
        .order_by_asc(delivery_method::Column::Id)
        .all(db)
        .await?;
    let methods = rows.into_iter().map(method).collect::<Result<_, _>>()?;
    Ok(DeliveryMethods::new(methods))
}

pub(super) async fn count(db: &impl ConnectionTrait) -> Result<u64, DbErr> {
    delivery_method::Entity::find().count(db).await
}

/// Reads a method and keeps others from changing it until the transaction ends.
pub(super) async fn lock(
    tx: &DatabaseTransaction,
    id: DeliveryMethodId,
) -> Result<Option<DeliveryMethod>, DbErr> {
    let row = delivery_method::Entity::find_by_id(id)
        .lock_exclusive()
        .one(tx)
        .await?;
    row.map(method).transpose()
}

pub(super) async fn insert(
    tx: &DatabaseTransaction,
    terms: &DeliveryTerms,
    now: Timestamp,
) -> Result<DeliveryMethodId, DbErr> {
    let row = delivery_method::ActiveModel {
        created_at: Set(now),
        ..columns(terms)?
    };
    let inserted = delivery_method::Entity::insert(row).exec(tx).await?;
    Ok(inserted.last_insert_id)
}

pub(super) async fn update(
    tx: &DatabaseTransaction,
    id: DeliveryMethodId,
    terms: &DeliveryTerms,
) -> Result<(), DbErr> {
    delivery_method::Entity::update_many()
        .set(columns(terms)?)
        .filter(delivery_method::Column::Id.eq(id))
        .exec(tx)
        .await?;
    Ok(())
}

pub(super) async fn delete(tx: &DatabaseTransaction, id: DeliveryMethodId) -> Result<(), DbErr> {
    delivery_method::Entity::delete_by_id(id).exec(tx).await?;
    Ok(())
}

fn columns(terms: &DeliveryTerms) -> Result<delivery_method::ActiveModel, DbErr> {
    let countries = terms.countries.as_ref().map(serde_json::to_string);
    Ok(delivery_method::ActiveModel {
        name: Set(terms.name.clone()),
        price: Set(terms.price),
        free_from: Set(terms.free_from),
        countries: Set(countries.transpose().map_err(json)?),
        enabled: Set(terms.enabled),
        ..Default::default()
    })
}

fn method(row: delivery_method::Model) -> Result<DeliveryMethod, DbErr> {
    let countries = row.countries.as_deref().map(serde_json::from_str);
    Ok(DeliveryMethod {
        id: row.id,
        terms: DeliveryTerms {
            name: row.name,
            price: row.price,
            free_from: row.free_from,
            countries: countries.transpose().map_err(json)?,
            enabled: row.enabled,
        },
    })
}

#[expect(clippy::needless_pass_by_value, reason = "fits map_err")]
fn json(error: serde_json::Error) -> DbErr {
    DbErr::Json(error.to_string())
}
