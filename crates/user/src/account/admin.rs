//! Admin actions on accounts.

use sea_orm::sea_query::Query;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait,
    PaginatorTrait, QueryFilter, QuerySelect,
};
use serde_json::json;
use stampede_kernel::{FieldError, Timestamp, UserId};
use stampede_persistence::audit_log::{self, AuditEntry};
use stampede_persistence::entity::marker;
use stampede_persistence::entity::user::{self, Role, Status};
use stampede_persistence::insert_or_ignore;

use super::{AccountError, AdminAction, User, store};
use crate::rule;
use crate::session::ending;
use crate::session::revocation::PendingRevocations;
use crate::users::UserContext;

/// The marker row that admin actions lock: two admins who demote each other at once
/// must not leave the shop without one.
const ADMIN_LOCK: &str = "admin_acts";

pub(super) fn check(action: &AdminAction) -> Result<(), FieldError> {
    match action {
        AdminAction::Ban {
            reason: Some(reason),
        } => rule::line("reason", reason, 0..=255).map(|_| ()),
        AdminAction::Ban { reason: None } | AdminAction::Unban | AdminAction::SetRole(_) => Ok(()),
    }
}

/// Performs the action in one transaction with its audit entry.
pub(super) async fn perform(
    context: &UserContext,
    admin: UserId,
    target: UserId,
    action: &AdminAction,
) -> Result<User, AccountError> {
    let now = context.clock.now();
    let tx = context.db.begin_write().await?;
    lock_admin_actions(&tx).await?;
    let user = store::lock(&tx, target)
        .await?
        .ok_or(AccountError::NotFound)?;
    let (role, status) = outcome(&user, action);
    if runs_the_shop(user.role, user.status) && !runs_the_shop(role, status) {
        keep_one_admin(&tx, target).await?;
    }
    let revoked = change(&tx, &user, role, status, now).await?;
    audit_log::write(&tx, log_row(admin, target, action), now).await?;
    let row = store::find(&tx, target)
        .await?
        .ok_or(AccountError::NotFound)?;
    tx.commit().await?;
    context.revocations.apply(revoked);
    Ok(store::present(context.db.reader(), row).await?)
}

/// The audit entry of an admin created from the command line.
pub(super) fn admin_created(user: UserId) -> AuditEntry {
    AuditEntry {
        actor: None,
        action: "user.role",
        target: format!("user:{user}"),
        detail: json!({ "role": Role::Admin }).to_string(),
    }
}

fn outcome(user: &user::Model, action: &AdminAction) -> (Role, Status) {
    match action {
        AdminAction::Ban { .. } => (user.role, Status::Banned),
        AdminAction::Unban => (user.role, Status::Active),
        AdminAction::SetRole(role) => (*role, user.status),
    }
}

fn runs_the_shop(role: Role, status: Status) -> bool {
    role == Role::Admin && status == Status::Active
}

async fn change(
    tx: &DatabaseTransaction,
    user: &user::Model,
    role: Role,
    status: Status,
    now: Timestamp,
) -> Result<PendingRevocations, DbErr> {
    let columns = user::ActiveModel {
        role: Set(role),
        status: Set(status),
        ..Default::default()
    };
    store::update(tx, columns, user.id).await?;
    if status == Status::Banned {
        ending::end_all(tx, user, now).await
    } else if role != user.role {
        ending::revoke_tokens(tx, user, now).await
    } else {
        Ok(PendingRevocations::default())
    }
}

async fn lock_admin_actions(tx: &DatabaseTransaction) -> Result<(), DbErr> {
    let insert = Query::insert()
        .into_table(marker::Entity)
        .columns(["name", "value"])
        .values_panic([ADMIN_LOCK.into(), "".into()])
        .take();
    tx.execute_raw(insert_or_ignore(tx.get_database_backend(), &insert))
        .await?;
    marker::Entity::find_by_id(ADMIN_LOCK.to_owned())
        .lock_exclusive()
        .one(tx)
        .await?;
    Ok(())
}

async fn keep_one_admin(tx: &DatabaseTransaction, leaving: UserId) -> Result<(), AccountError> {
    let others = user::Entity::find()
        .filter(user::Column::Role.eq(Role::Admin))
        .filter(user::Column::Status.eq(Status::Active))
        .filter(user::Column::Id.ne(leaving))
        .count(tx)
        .await?;
    if others == 0 {
        Err(AccountError::LastAdmin)
    } else {
        Ok(())
    }
}

fn log_row(admin: UserId, target: UserId, action: &AdminAction) -> AuditEntry {
    let (name, detail) = match action {
        AdminAction::Ban { reason } => ("user.ban", json!({ "reason": reason })),
        AdminAction::Unban => ("user.unban", json!({})),
        AdminAction::SetRole(role) => ("user.role", json!({ "role": role })),
    };
    AuditEntry {
        actor: Some(admin),
        action: name,
        target: format!("user:{target}"),
        detail: detail.to_string(),
    }
}
