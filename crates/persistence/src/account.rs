//! Whether a user may still act, asked where the effect is written.
//!
//! A token is judged when a request begins. A body that trickles in, a queue or a slow
//! picture may come between that and the effect, and a ban must win; so every effect of
//! a user asks once more, inside its own transaction.

use sea_orm::{ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, QuerySelect};
use stampede_kernel::UserId;

use crate::entity::user::{self, Status};

/// Holds the user's row until `tx` ends, so that what one user does happens one after
/// another, and says whether they may act. (SQLite has one writer anyway.)
///
/// # Errors
///
/// When the database fails.
pub async fn lock_active(tx: &DatabaseTransaction, user: UserId) -> Result<bool, DbErr> {
    let status = status(user).lock_exclusive().into_tuple().one(tx).await?;
    Ok(status != Some(Status::Banned))
}

/// Whether the user may act, without holding the row: for effects that need no turn.
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
