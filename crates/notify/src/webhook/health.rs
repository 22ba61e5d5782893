//! Health of receivers: a webhook that fails for days is disabled, and admins get a
//! mail.

use std::time::Duration;

use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, QuerySelect};
use serde::{Deserialize, Serialize};
use serde_json::json;
use stampede_kernel::{Timestamp, UserId, WebhookId};
use stampede_persistence::audit_log::{self, AuditEntry};
use stampede_persistence::entity::user::{Role, Status};
use stampede_persistence::entity::{user, webhook};
use stampede_persistence::job::{self, Payload};

use super::client::SendError;
use super::store;

/// A webhook is disabled when a delivery is given up and none has succeeded for this
/// long.
const DISABLE_AFTER: Duration = Duration::from_hours(3 * 24);

/// The job that mails an admin about a disabled webhook.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct SwitchedOff {
    pub(crate) admin: UserId,
    pub(crate) webhook: WebhookId,
    pub(crate) url: String,
    pub(crate) since: Timestamp,
    /// The admin's language.
    pub(crate) language: String,
}

impl Payload for SwitchedOff {
    const KIND: &'static str = "mail.webhook_off";
}

/// Records a success. `webhook` is the row before the attempt: a healthy receiver costs
/// no statement.
pub(super) async fn succeeded(
    tx: &DatabaseTransaction,
    webhook: &webhook::Model,
) -> Result<(), DbErr> {
    if webhook.failing_since.is_some() {
        set_failing(tx, webhook.id, None).await?;
    }
    Ok(())
}

/// Records the first failure since the last success.
pub(super) async fn failed(
    tx: &DatabaseTransaction,
    webhook: &webhook::Model,
    now: Timestamp,
) -> Result<(), DbErr> {
    if webhook.failing_since.is_none() {
        set_failing(tx, webhook.id, Some(now)).await?;
    }
    Ok(())
}

async fn set_failing(
    tx: &DatabaseTransaction,
    id: WebhookId,
    since: Option<Timestamp>,
) -> Result<(), DbErr> {
    let mut update = webhook::Entity::update_many()
        .col_expr(webhook::Column::FailingSince, Expr::value(since))
        .filter(webhook::Column::Id.eq(id));
    if since.is_some() {
        update = update.filter(webhook::Column::FailingSince.is_null());
    }
    update.exec(tx).await?;
    Ok(())
}

/// Disables the webhook if it has failed for days, parks its pending deliveries, and
/// queues the mails to the admins. Returns `false` when it has not failed for long, or
/// is disabled already.
pub(super) async fn switch_off(
    tx: &DatabaseTransaction,
    id: WebhookId,
    error: &SendError,
    now: Timestamp,
) -> Result<bool, DbErr> {
    let switched = webhook::Entity::update_many()
        .col_expr(webhook::Column::DisabledAt, Expr::value(now))
        .filter(webhook::Column::Id.eq(id))
        .filter(webhook::Column::DisabledAt.is_null())
        .filter(webhook::Column::DeletedAt.is_null())
        .filter(webhook::Column::FailingSince.lte(now.minus(DISABLE_AFTER)))
        .exec(tx)
        .await?;
    if switched.rows_affected == 0 {
        return Ok(false);
    }
    store::park_pending(tx, id, "the webhook was switched off").await?;
    let act = AuditEntry {
        actor: None,
        action: "webhook.switch_off",
        target: format!("webhook:{id}"),
        detail: json!({ "error": error.to_string() }).to_string(),
    };
    audit_log::write(tx, act, now).await?;
    queue_admin_mails(tx, id, now).await?;
    Ok(true)
}

/// Queues a mail to each admin with a verified address.
async fn queue_admin_mails(
    tx: &DatabaseTransaction,
    id: WebhookId,
    now: Timestamp,
) -> Result<(), DbErr> {
    let Some(webhook) = webhook::Entity::find_by_id(id).one(tx).await? else {
        return Ok(());
    };
    let admins: Vec<(UserId, String)> = user::Entity::find()
        .select_only()
        .columns([user::Column::Id, user::Column::Language])
        .filter(user::Column::Role.eq(Role::Admin))
        .filter(user::Column::Status.eq(Status::Active))
        .filter(user::Column::VerifiedEmail.is_not_null())
        .into_tuple()
        .all(tx)
        .await?;
    let letters: Vec<_> = admins
        .into_iter()
        .map(|(admin, language)| SwitchedOff {
            admin,
            language,
            webhook: id,
            url: webhook.url.clone(),
            since: webhook.failing_since.unwrap_or(now),
        })
        .collect();
    job::push_all(tx, &letters, now).await
}

/// Enables the webhook again; returns `false` when it is enabled or does not exist.
pub(super) async fn switch_on(tx: &DatabaseTransaction, id: WebhookId) -> Result<bool, DbErr> {
    let switched = webhook::Entity::update_many()
        .col_expr(webhook::Column::DisabledAt, Expr::value(None::<i64>))
        .col_expr(webhook::Column::FailingSince, Expr::value(None::<i64>))
        .filter(webhook::Column::Id.eq(id))
        .filter(webhook::Column::DisabledAt.is_not_null())
        .filter(webhook::Column::DeletedAt.is_null())
        .exec(tx)
        .await?;
    Ok(switched.rows_affected == 1)
}
