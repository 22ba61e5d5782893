//! Queries that read orders with their lines, and their history.

use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use stampede_kernel::{Country, Language, OrderId, UserId};
use stampede_persistence::entity::{order, order_history};
use stampede_persistence::padded;
use stampede_user::AddressSnapshot;

use super::lines::lines;
use crate::delivery::OrderDelivery;
use crate::order::{History, Line, Order};

/// An order with its columns that are not part of the API.
#[derive(Debug, Clone)]
pub(in crate::order) struct OrderRecord {
    pub(in crate::order) order: Order,
    pub(in crate::order) language: Language,
}

/// Reads the row of an order; only if it is the buyer's, when one is given.
pub(in crate::order) async fn row(
    db: &impl ConnectionTrait,
    id: OrderId,
    buyer: Option<UserId>,
) -> Result<Option<order::Model>, DbErr> {
    let mut find = order::Entity::find_by_id(id);
    if let Some(buyer) = buyer {
        find = find.filter(order::Column::UserId.eq(buyer));
    }
    find.one(db).await
}

/// Loads the orders with these ids, in any order.
pub(in crate::order) async fn load_ids(
    db: &impl ConnectionTrait,
    ids: &[OrderId],
) -> Result<Vec<OrderRecord>, DbErr> {
    let rows = order::Entity::find()
        .filter(order::Column::Id.is_in(ids.iter().copied()))
        .all(db)
        .await?;
    load(db, rows).await
}

/// Reads the buyers of the orders with these ids, in any order.
pub(in crate::order) async fn buyers(
    db: &impl ConnectionTrait,
    ids: &[OrderId],
) -> Result<Vec<(OrderId, UserId)>, DbErr> {
    order::Entity::find()
        .select_only()
        .columns([order::Column::Id, order::Column::UserId])
        .filter(order::Column::Id.is_in(padded(ids.to_vec())))
        .into_tuple()
        .all(db)
        .await
}

/// Loads the lines of the rows, and keeps their order.
pub(in crate::order) async fn load(
    db: &impl ConnectionTrait,
    rows: Vec<order::Model>,
) -> Result<Vec<OrderRecord>, DbErr> {
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let mut lines = lines(db, &ids).await?;
    rows.into_iter()
        .map(|row| {
            let lines = lines.remove(&row.id).unwrap_or_default();
            record_of(row, lines)
        })
        .collect()
}

fn record_of(row: order::Model, lines: Vec<Line>) -> Result<OrderRecord, DbErr> {
    let country = row.address_country.as_deref().map(Country::parse);
    let country = country
        .transpose()
        .map_err(|error| DbErr::Type(error.to_string()))?;
    let address = match (row.address_name, row.address_phone, row.address_text) {
        (Some(name), Some(phone), Some(address)) => Some(AddressSnapshot {
            name,
            phone,
            address,
            postcode: row.address_postcode,
            country,
        }),
        _ => None,
    };
    let copied = (
        row.delivery_method_id,
        row.delivery_name,
        row.delivery_price,
    );
    let delivery = match copied {
        (Some(method_id), Some(name), Some(price)) => Some(OrderDelivery {
            method_id,
            name,
            price,
        }),
        _ => None,
    };
    let promotions = match &row.promotions {
        Some(text) => serde_json::from_str(text).map_err(|error| DbErr::Json(error.to_string()))?,
        None => Vec::new(),
    };
    let language =
        Language::parse(&row.language).map_err(|error| DbErr::Type(error.to_string()))?;
    let order = Order {
        id: row.id,
        buyer: row.user_id,
        status: row.status,
        lines,
        total: row.total,
        discount: row.discount,
        shipping: row.shipping,
        tax: row.tax,
        promotions,
        delivery,
        address,
        sale: row.seckill_id,
        tracking: row.tracking,
        created_at: row.created_at,
        pay_by: row.pay_by,
        paid_at: row.paid_at,
        shipped_at: row.shipped_at,
        completed_at: row.completed_at,
        cancelled_at: row.cancelled_at,
        cancel_reason: row.cancel_reason,
    };
    Ok(OrderRecord { order, language })
}

/// Reads the status history of an order, oldest first.
pub(in crate::order) async fn history(
    db: &impl ConnectionTrait,
    id: OrderId,
) -> Result<Vec<History>, DbErr> {
    let rows = order_history::Entity::find()
        .filter(order_history::Column::OrderId.eq(id))
        .order_by_asc(order_history::Column::Id)
        .all(db)
        .await?;
    let event = |row: order_history::Model| History {
        from: row.from_status,
        to: row.to_status,
        at: row.at,
        actor: row.actor,
        reason: row.reason,
    };
    Ok(rows.into_iter().map(event).collect())
}
