//! Checks of a user's row that several domains need: whether the user is banned, and can get
//! mail.
//!
//! A token is checked when a request begins. A slow body, a queue or picture decoding
//! may delay the effect, and a ban in between must win; so each transaction that writes
//! for a user checks the status again.

use std::collections::HashSet;

use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, QuerySelect,
};
use stampede_kernel::UserId;

use crate::entity::user::{self, Status};
use crate::padded;

/// Locks the user's row until `tx` ends and returns whether the user may act. The lock
/// serialises what one user does. (SQLite has one writer anyway.)
///
/// # Errors
///
/// When the database fails.
pub async fn lock_active(tx: &DatabaseTransaction, user: UserId) -> Result<bool, DbErr> {
    let status = status(user).lock_exclusive().into_tuple().one(tx).await?;
    Ok(status != Some(Status::Banned))
}

/// Returns whether the user may act, without locking the row.
///
/// # Errors
///
/// When the database fails.
pub async fn is_active(db: &impl ConnectionTrait, user: UserId) -> Result<bool, DbErr> {
    let status = status(user).into_tuple().one(db).await?;
    Ok(status != Some(Status::Banned))
}

/// Returns those of the users who can get mail: they have a verified e-mail address and are
/// not banned.
///
/// # Errors
///
/// When the database fails.
pub async fn reachable(
    db: &impl ConnectionTrait,
    users: Vec<UserId>,
) -> Result<HashSet<UserId>, DbErr> {
    let found: Vec<UserId> = user::Entity::find()
        .select_only()
        .column(user::Column::Id)
        .filter(user::Column::Id.is_in(padded(users)))
        .filter(user::Column::VerifiedEmail.is_not_null())
        .filter(user::Column::Status.ne(Status::Banned))
        .into_tuple()
        .all(db)
        .await?;
    Ok(found.into_iter().collect())
}

fn status(user: UserId) -> sea_orm::Select<user::Entity> {
    user::Entity::find_by_id(user)
        .select_only()
        .column(user::Column::Status)
}
