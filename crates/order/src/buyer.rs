//! One buyer's carts and orders change one after another.

use sea_orm::{DatabaseTransaction, DbErr, EntityTrait, QuerySelect};
use stampede_kernel::UserId;
use stampede_persistence::entity::user;

/// Holds the buyer until `tx` ends: what depends on the number of their rows is
/// counted while it stands still. (SQLite has one writer anyway.)
pub(crate) async fn hold(tx: &DatabaseTransaction, buyer: UserId) -> Result<(), DbErr> {
    user::Entity::find_by_id(buyer)
        .lock_exclusive()
        .one(tx)
        .await?;
    Ok(())
}
