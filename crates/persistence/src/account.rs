//! Checks inside a transaction that a user is not banned.
//!
//! A token is checked when a request begins. A slow body, a queue or picture decoding
//! may delay the effect, and a ban in between must win; so each transaction that writes
//! for a user checks the status again.

use sea_orm::{ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, QuerySelect};
use stampede_kernel::UserId;

use crate::entity::user::{self, Status};

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

fn status(user: UserId) -> sea_orm::Select<user::Entity> {
    user::Entity::find_by_id(user)
        .select_only()
        .column(user::Column::Status)
}
