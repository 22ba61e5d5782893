//! Sweeps of expired rows.

use std::time::Duration;

use sea_orm::{ColumnTrait, Condition, DbErr};
use stampede_kernel::Timestamp;
use stampede_persistence::Database;
use stampede_persistence::entity::{email_proof, revocation, session};
use stampede_persistence::sweep::slices;

/// Proofs are counted for a day; access tokens live for a day at most.
const KEPT: Duration = Duration::from_hours(25);

/// Deletes expired sessions, and proofs and revocations after a day, and returns the
/// number of rows.
pub async fn sweep(db: &Database, now: Timestamp) -> Result<u64, DbErr> {
    let sessions = slices::<session::Entity>(
        db,
        session::Column::Id,
        Condition::all().add(session::Column::ExpiresAt.lt(now)),
    )
    .await?;
    let proofs = slices::<email_proof::Entity>(
        db,
        email_proof::Column::Id,
        Condition::all().add(email_proof::Column::ExpiresAt.lt(now.minus(KEPT))),
    )
    .await?;
    let revocations = slices::<revocation::Entity>(
        db,
        revocation::Column::Id,
        Condition::all().add(revocation::Column::At.lt(now.minus(KEPT))),
    )
    .await?;
    Ok(sessions + proofs + revocations)
}
