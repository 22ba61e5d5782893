//! Inserts of new orders.

use sea_orm::{
    ActiveValue::Set, ConnectionTrait, DatabaseBackend, DatabaseTransaction, DbErr, Statement,
};
use stampede_persistence::entity::{order, order_history, order_line};
use stampede_persistence::{inserts as rows, send};

use super::Initiator;
use super::lines::line_row;
use super::load::OrderRecord;
use crate::order::{Order, OrderPromotion};

/// Inserts unpaid orders with their lines and the first row of their history.
pub(in crate::order) async fn insert(
    tx: &DatabaseTransaction,
    records: &[OrderRecord],
    by: impl Fn(&Order) -> Initiator,
) -> Result<(), DbErr> {
    send(tx, inserts(tx.get_database_backend(), records, by)?).await?;
    Ok(())
}

/// Builds the statements of [`insert`].
pub(in crate::order) fn inserts(
    backend: DatabaseBackend,
    records: &[OrderRecord],
    by: impl Fn(&Order) -> Initiator,
) -> Result<Vec<Statement>, DbErr> {
    let orders = records.iter().map(order_row).collect::<Result<_, _>>()?;
    let mut statements = rows::<order::Entity, _>(backend, orders);
    let mut lines = Vec::new();
    for OrderRecord { order, .. } in records {
        for (place, line) in (0..).zip(&order.lines) {
            lines.push(line_row(order.id, place, line)?);
        }
    }
    statements.extend(rows::<order_line::Entity, _>(backend, lines));
    let history = records.iter().map(|OrderRecord { order, .. }| {
        let (actor, actor_id) = by(order).columns();
        order_history::ActiveModel {
            order_id: Set(order.id),
            from_status: Set(None),
            to_status: Set(order.status),
            actor: Set(actor),
            actor_id: Set(actor_id),
            reason: Set(None),
            at: Set(order.created_at),
            ..Default::default()
        }
    });
    let history = history.collect();
    statements.extend(rows::<order_history::Entity, _>(backend, history));
    Ok(statements)
}

fn order_row(OrderRecord { order, language }: &OrderRecord) -> Result<order::ActiveModel, DbErr> {
    let (address, delivery) = (order.address.as_ref(), order.delivery.as_ref());
    let country = address.and_then(|address| address.country);
    Ok(order::ActiveModel {
        id: Set(order.id),
        user_id: Set(order.buyer),
        status: Set(order.status),
        total: Set(order.total),
        discount: Set(order.discount),
        shipping: Set(order.shipping),
        tax: Set(order.tax),
        promotions: Set(promotions_column(&order.promotions)?),
        address_name: Set(address.map(|address| address.name.clone())),
        address_phone: Set(address.map(|address| address.phone.clone())),
        address_text: Set(address.map(|address| address.address.clone())),
        address_postcode: Set(address.and_then(|address| address.postcode.clone())),
        address_country: Set(country.map(String::from)),
        delivery_method_id: Set(delivery.map(|delivery| delivery.method_id)),
        delivery_name: Set(delivery.map(|delivery| delivery.name.clone())),
        delivery_price: Set(delivery.map(|delivery| delivery.price)),
        seckill_id: Set(order.sale),
        language: Set(language.to_string()),
        created_at: Set(order.created_at),
        pay_by: Set(order.pay_by),
        restocked: Set(false),
        ..Default::default()
    })
}

fn promotions_column(promotions: &[OrderPromotion]) -> Result<Option<String>, DbErr> {
    if promotions.is_empty() {
        return Ok(None);
    }
    let text = serde_json::to_string(promotions);
    text.map(Some)
        .map_err(|error| DbErr::Json(error.to_string()))
}
