//! Ending sessions and killing tokens as part of what other nouns do.
//!
//! Every function here wants the user's row held by [`crate::account::store::lock`],
//! as log-in and refresh hold it: a token is issued wholly before or wholly after.

use sea_orm::{ActiveValue::Set, DatabaseTransaction, DbErr};
use stampede_kernel::{SessionId, Timestamp};
use stampede_persistence::entity::user;

use super::revocation::{self, PendingRevocations};
use super::store;
use crate::account::store as accounts;

/// Kills every access token of `user`; sessions live on and may be refreshed.
///
/// The moment is the latest of all clocks that issued one of them, and is kept
/// in the user's row, so that no token issued afterwards falls under it.
pub(crate) async fn revoke_tokens(
    tx: &DatabaseTransaction,
    user: &user::Model,
    now: Timestamp,
) -> Result<PendingRevocations, DbErr> {
    let before = store::last_issue(tx, user.id)
        .await?
        .map_or(now, |last| last.max(now));
    let columns = user::ActiveModel {
        updated_at: Set(before.max(user.updated_at)),
        ..Default::default()
    };
    accounts::update(tx, columns, user.id).await?;
    revocation::of_user(tx, user.id, before, now).await
}

/// Ends every session of `user` and kills every access token.
pub(crate) async fn end_all(
    tx: &DatabaseTransaction,
    user: &user::Model,
    now: Timestamp,
) -> Result<PendingRevocations, DbErr> {
    store::end_others(tx, user.id, None, now).await?;
    revoke_tokens(tx, user, now).await
}

/// Sets another password and ends every session but `keep`.
pub(crate) async fn replace_password(
    tx: &DatabaseTransaction,
    user: &user::Model,
    hash: &str,
    keep: Option<SessionId>,
    now: Timestamp,
) -> Result<PendingRevocations, DbErr> {
    let columns = user::ActiveModel {
        password_hash: Set(hash.to_owned()),
        updated_at: Set(now.max(user.updated_at)),
        ..Default::default()
    };
    accounts::update(tx, columns, user.id).await?;
    crate::email::void_all(tx, user.id, now).await?;
    match keep {
        None => end_all(tx, user, now).await,
        Some(keep) => {
            let ended = store::end_others(tx, user.id, Some(keep), now).await?;
            revocation::of_sessions(tx, user.id, ended, now).await
        }
    }
}
