//! Queries on sessions.

use sea_orm::sea_query::{Expr, SimpleExpr};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait,
    ExprTrait, QueryFilter, QueryOrder, QuerySelect,
};
use stampede_kernel::{SessionId, Timestamp, UserId};
use stampede_persistence::entity::session;

use super::spent::SpentTokens;

pub(super) async fn find(
    db: &impl ConnectionTrait,
    id: SessionId,
) -> Result<Option<session::Model>, DbErr> {
    session::Entity::find_by_id(id).one(db).await
}

/// Reads and locks the row until the transaction ends.
pub(super) async fn lock(
    tx: &DatabaseTransaction,
    id: SessionId,
) -> Result<Option<session::Model>, DbErr> {
    session::Entity::find_by_id(id)
        .lock_exclusive()
        .one(tx)
        .await
}

/// A new session; `family` is set when it was opened by a refresh.
pub(super) struct NewSession {
    pub(super) id: SessionId,
    pub(super) user: UserId,
    pub(super) family: Option<SessionId>,
    pub(super) token_hash: String,
    pub(super) issued: Timestamp,
    pub(super) expires: Timestamp,
}

pub(super) async fn insert(tx: &DatabaseTransaction, new: NewSession) -> Result<(), DbErr> {
    let row = session::ActiveModel {
        id: Set(new.id),
        user_id: Set(new.user),
        token_hash: Set(new.token_hash),
        created_at: Set(new.issued),
        refreshed_at: Set(new.issued),
        expires_at: Set(new.expires),
        revoked_at: Set(None),
        family_id: Set(new.family),
        spent: Set(None),
    };
    session::Entity::insert(row)
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// Replaces the token `old` by `new`; of two concurrent attempts one succeeds.
pub(super) async fn rotate(
    tx: &DatabaseTransaction,
    id: SessionId,
    (old, new): (&str, &str),
    (now, issued, expires): (Timestamp, Timestamp, Timestamp),
    spent: &SpentTokens,
) -> Result<bool, DbErr> {
    let rotated = session::Entity::update_many()
        .col_expr(session::Column::TokenHash, Expr::value(new))
        .col_expr(session::Column::RefreshedAt, Expr::value(issued))
        .col_expr(session::Column::ExpiresAt, Expr::value(expires))
        .col_expr(session::Column::Spent, Expr::value(spent.write()))
        .filter(session::Column::Id.eq(id))
        .filter(session::Column::TokenHash.eq(old))
        .filter(session::Column::RevokedAt.is_null())
        .filter(session::Column::ExpiresAt.gt(now))
        .exec(tx)
        .await?;
    Ok(rotated.rows_affected == 1)
}

/// Stores the spent tokens.
pub(super) async fn set_spent(
    tx: &DatabaseTransaction,
    id: SessionId,
    spent: &SpentTokens,
) -> Result<(), DbErr> {
    session::Entity::update_many()
        .col_expr(session::Column::Spent, Expr::value(spent.write()))
        .filter(session::Column::Id.eq(id))
        .exec(tx)
        .await?;
    Ok(())
}

/// Returns the family of a session: the id of the session of its log-in.
pub(super) fn family(session: &session::Model) -> SessionId {
    session.family_id.unwrap_or(session.id)
}

fn of_family(user: UserId, family: SessionId) -> SimpleExpr {
    let member = session::Column::Id
        .eq(family)
        .or(session::Column::FamilyId.eq(family));
    session::Column::UserId.eq(user).and(member)
}

/// Deletes the least recently refreshed sessions of a family, so that at most `kept`
/// stay beside `parent`, and returns their ids.
pub(super) async fn thin_out(
    tx: &DatabaseTransaction,
    parent: &session::Model,
    kept: usize,
) -> Result<Vec<SessionId>, DbErr> {
    let members = session::Entity::find()
        .filter(of_family(parent.user_id, family(parent)))
        .filter(session::Column::Id.ne(parent.id))
        .order_by_desc(session::Column::RefreshedAt)
        .order_by_desc(session::Column::Id)
        .all(tx)
        .await?;
    let beyond: Vec<_> = members.iter().skip(kept).map(|row| row.id).collect();
    if !beyond.is_empty() {
        session::Entity::delete_many()
            .filter(session::Column::Id.is_in(beyond.clone()))
            .exec(tx)
            .await?;
    }
    Ok(beyond)
}

/// Ends every session of a family and returns those that were open.
pub(super) async fn end_family(
    tx: &DatabaseTransaction,
    user: UserId,
    family: SessionId,
    now: Timestamp,
) -> Result<Vec<SessionId>, DbErr> {
    let open = of_family(user, family).and(session::Column::RevokedAt.is_null());
    let members = session::Entity::find().filter(open.clone()).all(tx).await?;
    if !members.is_empty() {
        session::Entity::update_many()
            .col_expr(session::Column::RevokedAt, Expr::value(now))
            .filter(open)
            .exec(tx)
            .await?;
    }
    Ok(members.into_iter().map(|row| row.id).collect())
}

/// Ends every session of `user` but `keep` and returns their ids.
pub(super) async fn end_others(
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

/// Returns when the newest access token of `user` was issued.
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
