//! Idempotency keys: the answer of a command is stored in the command's own
//! transaction.

use fail::fail_point;
use sea_orm::sea_query::{Expr, Query};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, ExprTrait, QueryFilter};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use stampede_kernel::{Refusal, Refuse, Timestamp, UserId};

use crate::codes::{IDEMPOTENCY_IN_FLIGHT, IDEMPOTENCY_KEY_REUSED};
use crate::conflict::{ConflictKind, conflict_kind};
use crate::entity::idempotency;
use crate::impl_conflict;
use crate::{database_refusal, insert_or_ignore};

/// The idempotency record of one request.
#[derive(Debug, Clone)]
pub struct Idempotency {
    /// The caller.
    pub user: UserId,
    /// Method and path with its ids.
    pub scope: String,
    /// The client's key: 1–255 visible ASCII characters.
    pub key: String,
    /// SHA-256 of the decoded command, hexadecimal.
    pub fingerprint: String,
}

/// Errors of idempotency keys.
#[derive(Debug, thiserror::Error)]
pub enum IdempotencyError {
    /// The key was used for another command.
    #[error("the idempotency key was used for another request")]
    Reused,
    /// The first request with this key has not ended within 3 s.
    #[error("a request with this idempotency key is still running")]
    InFlight,
    /// The database failed.
    #[error("the idempotency record failed")]
    Database(#[from] DbErr),
}

impl Refuse for IdempotencyError {
    fn refusal(&self) -> Refusal {
        match self {
            Self::Reused => Refusal::because(IDEMPOTENCY_KEY_REUSED, self),
            Self::InFlight => Refusal::because(IDEMPOTENCY_IN_FLIGHT, self),
            Self::Database(cause) => database_refusal(cause),
        }
    }
}

impl_conflict!(IdempotencyError: Database);

impl Idempotency {
    /// Creates a record for `command`; the hash of its JSON is the fingerprint.
    pub fn of<C: Serialize>(user: UserId, scope: String, key: String, command: &C) -> Self {
        let text = serde_json::to_vec(command).unwrap_or_default();
        let fingerprint = hex::encode(Sha256::digest(text));
        Self {
            user,
            scope,
            key,
            fingerprint,
        }
    }

    /// Takes the key inside `tx`, or returns the answer that was stored under it.
    /// Waits up to 3 s for a running request with the same key.
    ///
    /// # Errors
    ///
    /// [`IdempotencyError::Reused`] for another command, [`IdempotencyError::InFlight`]
    /// when the first request outlasts the wait.
    pub async fn begin<T: DeserializeOwned>(
        &self,
        tx: &DatabaseTransaction,
        now: Timestamp,
    ) -> Result<Option<T>, IdempotencyError> {
        match self.take(tx, now).await {
            Ok(true) => {
                fail_point!("idempotency.taken");
                Ok(None)
            }
            Ok(false) => self.stored(tx).await,
            Err(error) if conflict_kind(&error) == Some(ConflictKind::LockTimeout) => {
                Err(IdempotencyError::InFlight)
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Stores the answer; it is replayed from the commit on.
    pub async fn finish<T: Serialize>(
        &self,
        tx: &DatabaseTransaction,
        answer: &T,
    ) -> Result<(), DbErr> {
        let answer =
            serde_json::to_string(answer).map_err(|error| DbErr::Json(error.to_string()))?;
        idempotency::Entity::update_many()
            .col_expr(idempotency::Column::Answer, Expr::value(answer))
            .filter(self.row())
            .exec(tx)
            .await?;
        fail_point!("idempotency.stored");
        Ok(())
    }

    async fn take(&self, tx: &DatabaseTransaction, now: Timestamp) -> Result<bool, DbErr> {
        let insert = Query::insert()
            .into_table(idempotency::Entity)
            .columns(["user_id", "scope", "key", "fingerprint", "created_at"])
            .values_panic([
                self.user.0.into(),
                self.scope.as_str().into(),
                self.key.as_str().into(),
                self.fingerprint.as_str().into(),
                now.0.into(),
            ])
            .take();
        let statement = insert_or_ignore(tx.get_database_backend(), &insert);
        Ok(tx.execute_raw(statement).await?.rows_affected() == 1)
    }

    async fn stored<T: DeserializeOwned>(
        &self,
        tx: &DatabaseTransaction,
    ) -> Result<Option<T>, IdempotencyError> {
        let row = idempotency::Entity::find()
            .filter(self.row())
            .one(tx)
            .await?;
        let row = row.ok_or(IdempotencyError::InFlight)?;
        if row.fingerprint != self.fingerprint {
            return Err(IdempotencyError::Reused);
        }
        let answer = row.answer.ok_or(IdempotencyError::InFlight)?;
        let answer =
            serde_json::from_str(&answer).map_err(|error| DbErr::Json(error.to_string()))?;
        Ok(Some(answer))
    }

    fn row(&self) -> sea_orm::sea_query::SimpleExpr {
        Expr::col(idempotency::Column::UserId)
            .eq(self.user.0)
            .and(Expr::col(idempotency::Column::Scope).eq(self.scope.as_str()))
            .and(Expr::col(idempotency::Column::Key).eq(self.key.as_str()))
    }
}
