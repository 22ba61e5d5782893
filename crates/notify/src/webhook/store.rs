//! Queries on webhooks and deliveries.

use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait,
    PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};
use secrecy::{ExposeSecret, SecretString};
use stampede_kernel::{DeliveryId, PageSize, SaleId, Timestamp, WebhookId};
use stampede_persistence::entity::webhook_delivery::DeliveryStatus;
use stampede_persistence::entity::{sale, webhook, webhook_delivery};

use super::client::SendError;
use super::deliverer::Attempt;
use super::{NewWebhook, Webhook};

pub(super) async fn insert(
    tx: &DatabaseTransaction,
    new: &NewWebhook,
    secret: &SecretString,
    now: Timestamp,
) -> Result<WebhookId, DbErr> {
    let events =
        serde_json::to_string(&new.events).map_err(|error| DbErr::Json(error.to_string()))?;
    let row = webhook::ActiveModel {
        url: Set(new.url.clone()),
        events: Set(events),
        secret: Set(secret.expose_secret().to_owned()),
        created_at: Set(now),
        ..Default::default()
    };
    Ok(webhook::Entity::insert(row).exec(tx).await?.last_insert_id)
}

/// Returns whether the webhook exists, deleted or not.
pub(super) async fn exists(db: &impl ConnectionTrait, id: WebhookId) -> Result<bool, DbErr> {
    Ok(webhook::Entity::find_by_id(id).count(db).await? == 1)
}

/// Reads one row more than `size`, newest first, with ids below `below`.
pub(super) async fn page(
    db: &impl ConnectionTrait,
    below: Option<WebhookId>,
    size: PageSize,
) -> Result<Vec<Webhook>, DbErr> {
    let mut query = webhook::Entity::find().filter(webhook::Column::DeletedAt.is_null());
    if let Some(below) = below {
        query = query.filter(webhook::Column::Id.lt(below));
    }
    let rows = query
        .order_by_desc(webhook::Column::Id)
        .limit(size.get() + 1)
        .all(db)
        .await?;
    rows.into_iter().map(webhook_of).collect()
}

/// Returns the enabled webhooks that are subscribed to `event`.
pub(super) async fn listening(
    db: &impl ConnectionTrait,
    event: &str,
) -> Result<Vec<WebhookId>, DbErr> {
    let rows = webhook::Entity::find()
        .filter(webhook::Column::DeletedAt.is_null())
        .filter(webhook::Column::DisabledAt.is_null())
        .all(db)
        .await?;
    let webhooks: Result<Vec<_>, _> = rows.into_iter().map(webhook_of).collect();
    let listening = webhooks?
        .into_iter()
        .filter(|webhook| webhook.listens_to(event));
    Ok(listening.map(|webhook| webhook.id).collect())
}

/// Returns whether the sale belongs to a rehearsal.
pub(super) async fn is_rehearsal(db: &impl ConnectionTrait, sale: SaleId) -> Result<bool, DbErr> {
    let row = sale::Entity::find_by_id(sale).one(db).await?;
    Ok(row.is_some_and(|row| row.rehearsal))
}

fn webhook_of(row: webhook::Model) -> Result<Webhook, DbErr> {
    Ok(Webhook {
        id: row.id,
        url: row.url,
        events: serde_json::from_str(&row.events)
            .map_err(|error| DbErr::Json(error.to_string()))?,
        created_at: row.created_at,
        failing_since: row.failing_since,
        disabled_at: row.disabled_at,
    })
}

/// Reads a webhook that is not deleted.
pub(super) async fn find(
    db: &impl ConnectionTrait,
    id: WebhookId,
) -> Result<Option<Webhook>, DbErr> {
    let row = webhook::Entity::find_by_id(id)
        .filter(webhook::Column::DeletedAt.is_null())
        .one(db)
        .await?;
    row.map(webhook_of).transpose()
}

/// Marks a webhook as deleted; returns `false` when it does not exist.
pub(super) async fn delete(
    tx: &DatabaseTransaction,
    id: WebhookId,
    now: Timestamp,
) -> Result<bool, DbErr> {
    let deleted = webhook::Entity::update_many()
        .col_expr(webhook::Column::DeletedAt, Expr::value(now))
        .filter(webhook::Column::Id.eq(id))
        .filter(webhook::Column::DeletedAt.is_null())
        .exec(tx)
        .await?;
    Ok(deleted.rows_affected == 1)
}

/// Parks the pending deliveries with the reason `why`.
pub(super) async fn park_pending(
    tx: &DatabaseTransaction,
    id: WebhookId,
    why: &str,
) -> Result<(), DbErr> {
    webhook_delivery::Entity::update_many()
        .set(webhook_delivery::ActiveModel {
            status: Set(DeliveryStatus::Parked),
            last_error: Set(Some(why.to_owned())),
            ..Default::default()
        })
        .filter(webhook_delivery::Column::WebhookId.eq(id))
        .filter(webhook_delivery::Column::Status.eq(DeliveryStatus::Pending))
        .exec(tx)
        .await?;
    Ok(())
}

/// An event with the webhooks that are subscribed to it.
pub(super) struct PendingEvent<'a> {
    pub(super) id: &'a str,
    pub(super) event: &'a str,
    pub(super) body: &'a str,
    pub(super) at: Timestamp,
    pub(super) to: Vec<WebhookId>,
}

/// Returns whether the event has deliveries already.
pub(super) async fn is_known(tx: &DatabaseTransaction, event_id: &str) -> Result<bool, DbErr> {
    let deliveries = webhook_delivery::Entity::find()
        .filter(webhook_delivery::Column::EventId.eq(event_id))
        .count(tx)
        .await?;
    Ok(deliveries > 0)
}

pub(super) async fn insert_delivery(
    tx: &DatabaseTransaction,
    to: WebhookId,
    pending: &PendingEvent<'_>,
) -> Result<DeliveryId, DbErr> {
    let row = webhook_delivery::ActiveModel {
        webhook_id: Set(to),
        event_id: Set(pending.id.to_owned()),
        event: Set(pending.event.to_owned()),
        body: Set(pending.body.to_owned()),
        status: Set(DeliveryStatus::Pending),
        attempts: Set(0),
        created_at: Set(pending.at),
        ..Default::default()
    };
    let inserted = webhook_delivery::Entity::insert(row).exec(tx).await?;
    Ok(inserted.last_insert_id)
}

/// Reads the delivery and its webhook, if it waits for `attempt`.
pub(super) async fn due(
    db: &impl ConnectionTrait,
    attempt: Attempt,
) -> Result<Option<(webhook_delivery::Model, webhook::Model)>, DbErr> {
    let Some(delivery) = webhook_delivery::Entity::find_by_id(attempt.delivery)
        .filter(webhook_delivery::Column::Status.eq(DeliveryStatus::Pending))
        .filter(webhook_delivery::Column::Attempts.eq(attempt.after))
        .one(db)
        .await?
    else {
        return Ok(None);
    };
    let webhook = webhook::Entity::find_by_id(delivery.webhook_id)
        .one(db)
        .await?;
    Ok(webhook.map(|webhook| (delivery, webhook)))
}

/// Records the outcome of `attempt`; returns `false` when the delivery does not wait
/// for it any more.
pub(super) async fn record(
    tx: &DatabaseTransaction,
    attempt: Attempt,
    outcome: &Result<u16, SendError>,
    again: bool,
    now: Timestamp,
) -> Result<bool, DbErr> {
    let (status, delivered_at) = match outcome {
        Ok(_) => (DeliveryStatus::Delivered, Some(now)),
        Err(_) if again => (DeliveryStatus::Pending, None),
        Err(_) => (DeliveryStatus::Parked, None),
    };
    let answer = match outcome {
        Ok(status) | Err(SendError::Answer(status)) => Some(i32::from(*status)),
        Err(_) => None,
    };
    let recorded = webhook_delivery::Entity::update_many()
        .set(webhook_delivery::ActiveModel {
            status: Set(status),
            attempts: Set(attempt.after + 1),
            answer_status: Set(answer),
            last_error: Set(outcome.as_ref().err().map(ToString::to_string)),
            delivered_at: Set(delivered_at),
            ..Default::default()
        })
        .filter(webhook_delivery::Column::Id.eq(attempt.delivery))
        .filter(webhook_delivery::Column::Status.eq(DeliveryStatus::Pending))
        .filter(webhook_delivery::Column::Attempts.eq(attempt.after))
        .exec(tx)
        .await?;
    Ok(recorded.rows_affected == 1)
}

/// Makes a finished delivery pending again; returns `false` when it is pending.
pub(super) async fn reopen(tx: &DatabaseTransaction, id: DeliveryId) -> Result<bool, DbErr> {
    let reopened = webhook_delivery::Entity::update_many()
        .col_expr(
            webhook_delivery::Column::Status,
            Expr::value(DeliveryStatus::Pending),
        )
        .filter(webhook_delivery::Column::Id.eq(id))
        .filter(webhook_delivery::Column::Status.ne(DeliveryStatus::Pending))
        .exec(tx)
        .await?;
    Ok(reopened.rows_affected == 1)
}

/// Reads a delivery whose webhook is not deleted.
pub(super) async fn find_delivery(
    tx: &DatabaseTransaction,
    webhook: WebhookId,
    id: DeliveryId,
) -> Result<Option<webhook_delivery::Model>, DbErr> {
    let standing = webhook::Entity::find_by_id(webhook)
        .filter(webhook::Column::DeletedAt.is_null())
        .count(tx)
        .await?;
    if standing == 0 {
        return Ok(None);
    }
    webhook_delivery::Entity::find_by_id(id)
        .filter(webhook_delivery::Column::WebhookId.eq(webhook))
        .one(tx)
        .await
}

/// Reads one row more than `size`, newest first, with ids below `below`.
pub(super) async fn deliveries(
    db: &impl ConnectionTrait,
    webhook: WebhookId,
    below: Option<DeliveryId>,
    size: PageSize,
) -> Result<Vec<webhook_delivery::Model>, DbErr> {
    let mut query =
        webhook_delivery::Entity::find().filter(webhook_delivery::Column::WebhookId.eq(webhook));
    if let Some(below) = below {
        query = query.filter(webhook_delivery::Column::Id.lt(below));
    }
    query
        .order_by_desc(webhook_delivery::Column::Id)
        .limit(size.get() + 1)
        .all(db)
        .await
}
