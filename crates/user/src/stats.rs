//! Statistics of users.

use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter};
use stampede_kernel::DaySpan;
use stampede_persistence::entity::user;
use stampede_persistence::{ByDay, Database, by_day};

/// Counts registrations by day, those of rehearsals left out.
///
/// # Errors
///
/// When the users cannot be read.
pub async fn registrations_by_day(db: &Database, span: DaySpan) -> Result<ByDay, DbErr> {
    let users = user::Entity::find().filter(user::Column::Rehearsal.eq(false));
    let (time, count) = (user::Column::CreatedAt, user::Column::Id.count());
    by_day(db, users, time, count, span).await
}
