//! Rows of sessions.

use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait,
    QueryFilter, QueryOrder, QuerySelect,
};
use stampede_kernel::{SessionId, Timestamp, UserId};
use stampede_persistence::entity::session;

pub(super) async fn find(
    db: &impl ConnectionTrait,
    id: SessionId,
) -> Result<Option<session::Model>, DbErr> {
    session::Entity::find_by_id(id).one(db).await
}

pub(super) async fn insert(
    tx: &DatabaseTransaction,
    id: SessionId,
    user: UserId,
    token_hash: String,
    issued: Timestamp,
    expires: Timestamp,
) -> Result<(), DbErr> {
    let row = session::ActiveModel {
        id: Set(id),
        user_id: Set(user),
        token_hash: Set(token_hash),
        created_at: Set(issued),
        refreshed_at: Set(issued),
        expires_at: Set(expires),
        revoked_at: Set(None),
    };
    session::Entity::insert(row)
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// Spends the token `old` for `new`; of two who try one succeeds.
pub(super) async fn rotate(
    tx: &DatabaseTransaction,
    id: SessionId,
    (old, new): (&str, &str),
    (now, issued, expires): (Timestamp, Timestamp, Timestamp),
) -> Result<bool, DbErr> {
    let rotated = session::Entity::update_many()
        .col_expr(session::Column::TokenHash, Expr::value(new))
        .col_expr(session::Column::RefreshedAt, Expr::value(issued))
        .col_expr(session::Column::ExpiresAt, Expr::value(expires))
        .filter(session::Column::Id.eq(id))
        .filter(session::Column::TokenHash.eq(old))
        .filter(session::Column::RevokedAt.is_null())
        .filter(session::Column::ExpiresAt.gt(now))
        .exec(tx)
        .await?;
    Ok(rotated.rows_affected == 1)
}

/// Ends one session of `user`; false when it had ended before.
pub(super) async fn end(
    tx: &DatabaseTransaction,
    user: UserId,
    id: SessionId,
    now: Timestamp,
) -> Result<bool, DbErr> {
    let ended = session::Entity::update_many()
        .col_expr(session::Column::RevokedAt, Expr::value(now))
        .filter(session::Column::Id.eq(id))
        .filter(session::Column::UserId.eq(user))
        .filter(session::Column::RevokedAt.is_null())
        .exec(tx)
        .await?;
    Ok(ended.rows_affected == 1)
}

/// Ends every session of `user` but `keep` and says which those were.
pub(super) async fn end_but(
    tx: &DatabaseTransaction,
    user: UserId,
    keep: Option<SessionId>,
    now: Timestamp,
) -> Result<Vec<SessionId>, DbErr> {
    let live: Vec<SessionId> = session::Entity::find()
        .filter(session::Column::UserId.eq(user))
        .filter(session::Column::RevokedAt.is_null())
        .all(tx)
        .await?
        .into_iter()
        .map(|row| row.id)
        .filter(|id| Some(*id) != keep)
        .collect();
    let mut end = session::Entity::update_many()
        .col_expr(session::Column::RevokedAt, Expr::value(now))
        .filter(session::Column::UserId.eq(user))
        .filter(session::Column::RevokedAt.is_null());
    if let Some(keep) = keep {
        end = end.filter(session::Column::Id.ne(keep));
    }
    end.exec(tx).await?;
    Ok(live)
}

/// When the youngest access token of `user` was issued.
pub(super) async fn last_issue(
    tx: &DatabaseTransaction,
    user: UserId,
) -> Result<Option<Timestamp>, DbErr> {
    let youngest = session::Entity::find()
        .filter(session::Column::UserId.eq(user))
        .order_by_desc(session::Column::RefreshedAt)
        .limit(1)
        .one(tx)
        .await?;
    Ok(youngest.map(|row| row.refreshed_at))
}
