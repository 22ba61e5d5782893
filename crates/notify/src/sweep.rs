//! The sweep of old deliveries.

use std::time::Duration;

use sea_orm::{ColumnTrait, Condition, DbErr, EntityTrait, QueryFilter, QueryOrder};
use stampede_kernel::Timestamp;
use stampede_persistence::Database;
use stampede_persistence::entity::webhook_delivery::{self, Column, DeliveryStatus};
use stampede_persistence::sweep::slices;

/// How long finished deliveries are kept and can be replayed.
const KEPT: Duration = Duration::from_hours(30 * 24);

/// Deletes finished deliveries whose event is older than 30 days and returns their
/// number. A delivery that waits for its next attempt stays, however old.
pub async fn sweep(db: &Database, now: Timestamp) -> Result<u64, DbErr> {
    let before = now.minus(KEPT);
    let ended = Condition::all()
        .add(Column::CreatedAt.lt(before))
        .add(Column::Status.ne(DeliveryStatus::Pending));
    // No index leads to the time; ids rise with it, so the primary key bounds the scan.
    let first_kept = webhook_delivery::Entity::find()
        .filter(Column::CreatedAt.gte(before))
        .order_by_asc(Column::Id)
        .one(db.reader())
        .await?;
    let ended = ended.add_option(first_kept.map(|kept| Column::Id.lt(kept.id)));
    slices::<webhook_delivery::Entity>(db, Column::Id, ended).await
}
