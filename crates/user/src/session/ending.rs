//! Ends sessions and revokes tokens inside the transactions of other modules.
//!
//! Every function requires that the caller has locked the user's row by
//! [`crate::account::store::lock`], as log-in and refresh do: a token is issued wholly
//! before or wholly after.

use sea_orm::{ActiveValue::Set, DatabaseTransaction, DbErr};
use stampede_kernel::{SessionId, Timestamp};
use stampede_persistence::entity::user;

use super::revocation::{self, PendingRevocations};
use super::store;
use crate::account::store as accounts;

/// Revokes every access token of `user`; sessions stay and can be refreshed.
///
/// The revocation time is the latest issue time by any clock, and is stored in the
/// user's row, so that no token issued later is affected.
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

/// Ends every session of `user` and revokes every access token.
pub(crate) async fn end_all(
    tx: &DatabaseTransaction,
    user: &user::Model,
    now: Timestamp,
) -> Result<PendingRevocations, DbErr> {
    store::end_others(tx, user.id, None, now).await?;
    revoke_tokens(tx, user, now).await
}

/// Sets a new password and ends every session but `keep`.
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
