//! Queries on proofs.

use std::time::Duration;

use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait,
    QueryFilter, QueryOrder, QuerySelect,
};
use stampede_kernel::{Language, ProofId, Timestamp, UserId};
use stampede_persistence::entity::email_proof::{self, Purpose};
use stampede_persistence::job;

use super::mail::ProofMail;
use super::mailbox::Mailbox;

/// How long a proof can be redeemed.
const LIFETIME: Duration = Duration::from_mins(15);
/// Minimum interval between two mails of one purpose.
const MIN_INTERVAL: Duration = Duration::from_mins(1);
const DAY: Duration = Duration::from_hours(24);
/// Maximum number of mails of one purpose in a day.
const MAX_PER_DAY: usize = 5;

/// The fields of a new proof.
#[derive(Debug, Clone)]
pub(super) struct ProofInsert<'a> {
    pub(super) user: UserId,
    pub(super) purpose: Purpose,
    pub(super) to: &'a Mailbox,
    pub(super) password_hash: Option<&'a str>,
    pub(super) language: Language,
}

/// Records the proof, voids older ones of its purpose and pushes the job that mails it.
pub(super) async fn insert(
    tx: &DatabaseTransaction,
    proof: &ProofInsert<'_>,
    now: Timestamp,
) -> Result<(), DbErr> {
    void(tx, proof.user, Some(proof.purpose), now).await?;
    let id = ProofId::new();
    let row = email_proof::ActiveModel {
        id: Set(id),
        user_id: Set(proof.user),
        purpose: Set(proof.purpose),
        email: Set(proof.to.as_str().to_owned()),
        password_hash: Set(proof.password_hash.map(str::to_owned)),
        created_at: Set(now),
        expires_at: Set(now.plus(LIFETIME)),
        spent_at: Set(None),
    };
    email_proof::Entity::insert(row)
        .exec_without_returning(tx)
        .await?;
    let mail = ProofMail {
        proof: id,
        language: proof.language,
    };
    job::push(tx, &mail, now).await
}

/// Queues the verification mail of a new user, unless the mail limit of the address is
/// reached; the user can request it again later.
pub(crate) async fn request_bind(
    tx: &DatabaseTransaction,
    user: UserId,
    to: &Mailbox,
    language: Language,
    now: Timestamp,
) -> Result<(), DbErr> {
    let proof = ProofInsert {
        user,
        purpose: Purpose::Bind,
        to,
        password_hash: None,
        language,
    };
    if wait(tx, None, to, Purpose::Bind, now).await?.is_zero() {
        insert(tx, &proof, now).await?;
    }
    Ok(())
}

/// Returns how long this user must wait for another mail of this purpose to this
/// address.
pub(super) async fn wait(
    db: &impl ConnectionTrait,
    user: Option<UserId>,
    to: &Mailbox,
    purpose: Purpose,
    now: Timestamp,
) -> Result<Duration, DbErr> {
    let recent = || {
        email_proof::Entity::find()
            .filter(email_proof::Column::Purpose.eq(purpose))
            .filter(email_proof::Column::CreatedAt.gt(now.minus(DAY)))
            .order_by_desc(email_proof::Column::CreatedAt)
            .limit(5)
    };
    let to_address = recent()
        .filter(email_proof::Column::Email.eq(to.as_str()))
        .all(db)
        .await?;
    let by_user = match user {
        Some(user) => {
            recent()
                .filter(email_proof::Column::UserId.eq(user))
                .all(db)
                .await?
        }
        None => Vec::new(),
    };
    Ok(remaining_wait(&to_address, now).max(remaining_wait(&by_user, now)))
}

/// `sent` newest first.
fn remaining_wait(sent: &[email_proof::Model], now: Timestamp) -> Duration {
    // What a clock that was ahead has dated into the future counts for the day only.
    let last = sent
        .iter()
        .find(|proof| proof.created_at <= now.plus(MIN_INTERVAL));
    let minute = last.map(|last| last.created_at.plus(MIN_INTERVAL));
    let day = sent
        .get(MAX_PER_DAY - 1)
        .map(|fifth| fifth.created_at.plus(DAY));
    minute
        .max(day)
        .map_or(Duration::ZERO, |until| until.since(now))
}

pub(super) async fn find(
    db: &impl ConnectionTrait,
    id: ProofId,
) -> Result<Option<email_proof::Model>, DbErr> {
    email_proof::Entity::find_by_id(id).one(db).await
}

/// Marks a proof as spent; of concurrent attempts one succeeds.
pub(super) async fn spend(
    tx: &DatabaseTransaction,
    proof: &email_proof::Model,
    now: Timestamp,
) -> Result<bool, DbErr> {
    let spent = email_proof::Entity::update_many()
        .col_expr(email_proof::Column::SpentAt, Expr::value(now))
        .filter(email_proof::Column::Id.eq(proof.id))
        .filter(email_proof::Column::UserId.eq(proof.user_id))
        .filter(email_proof::Column::SpentAt.is_null())
        .filter(email_proof::Column::ExpiresAt.gt(now))
        .exec(tx)
        .await?;
    Ok(spent.rows_affected == 1)
}

/// Voids every open proof of `user`, because the state that they refer to has changed.
pub(crate) async fn void_all(
    tx: &DatabaseTransaction,
    user: UserId,
    now: Timestamp,
) -> Result<(), DbErr> {
    void(tx, user, None, now).await
}

async fn void(
    tx: &DatabaseTransaction,
    user: UserId,
    purpose: Option<Purpose>,
    now: Timestamp,
) -> Result<(), DbErr> {
    let mut open = email_proof::Entity::update_many()
        .col_expr(email_proof::Column::SpentAt, Expr::value(now))
        .filter(email_proof::Column::UserId.eq(user))
        .filter(email_proof::Column::SpentAt.is_null());
    if let Some(purpose) = purpose {
        open = open.filter(email_proof::Column::Purpose.eq(purpose));
    }
    open.exec(tx).await?;
    Ok(())
}
