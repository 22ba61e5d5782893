//! Test users of a rehearsal: many accounts that nobody can log in to.

use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter,
    QueryOrder, QuerySelect,
};
use stampede_kernel::{Language, Timestamp, UserId};
use stampede_payment::bulk::open_empty;
use stampede_persistence::entity::address;
use stampede_persistence::entity::user::{self, Role, Status};
use stampede_persistence::{insert_all, padded, retrying};

use super::{AccountError, DbAccounts};

/// Accounts per transaction: a few statements of 512 rows, and a few tens of
/// milliseconds for which an open shop on SQLite waits.
const SLICE: u64 = 2_048;
/// Names per query.
const NAMES: usize = 512;
/// Stored in place of a password hash; no password matches it.
const NO_PASSWORD: &str = "!";

impl DbAccounts {
    /// Creates `count` customers called `rehearsal-RUN-1` and so on, each with an
    /// address and an empty wallet. They have no password, no PIN and no e-mail
    /// address, and the admins' list leaves them out.
    ///
    /// # Errors
    ///
    /// [`AccountError::UserNameTaken`] for a `run` that was used before; what earlier
    /// slices wrote stays.
    pub async fn create_rehearsal_users(
        &self,
        run: &str,
        count: u64,
    ) -> Result<Vec<UserId>, AccountError> {
        let mut users = Vec::new();
        let mut first = 1;
        while first <= count {
            let last = count.min(first + SLICE - 1);
            let names: Vec<_> = (first..=last)
                .map(|number| format!("rehearsal-{run}-{number}"))
                .collect();
            users.extend(retrying(|| self.create_slice(&names)).await?);
            first = last + 1;
        }
        Ok(users)
    }

    /// Bans rehearsal users. Their tokens are not revoked one by one, because every
    /// gateway would have to remember that; the caller must discard them.
    ///
    /// # Errors
    ///
    /// When the database fails; earlier slices stay banned.
    pub async fn ban_rehearsal_users(&self, users: &[UserId]) -> Result<(), AccountError> {
        for slice in users.chunks(NAMES) {
            retrying(|| self.ban_slice(slice)).await?;
        }
        Ok(())
    }

    async fn create_slice(&self, names: &[String]) -> Result<Vec<UserId>, AccountError> {
        let now = self.context.clock.now();
        let tx = self.context.db.begin_write().await?;
        let rows = names.iter().map(|name| account(name, now)).collect();
        insert_all::<user::Entity, _>(&tx, rows).await?;
        let mut made = Vec::with_capacity(names.len());
        for names in names.chunks(NAMES) {
            made.extend(ids(&tx, names).await?);
        }
        open_empty(&tx, &made, now).await?;
        let rows = made.iter().map(|owner| home(*owner, now)).collect();
        insert_all::<address::Entity, _>(&tx, rows).await?;
        tx.commit().await?;
        Ok(made)
    }

    async fn ban_slice(&self, slice: &[UserId]) -> Result<(), AccountError> {
        let tx = self.context.db.begin_write().await?;
        user::Entity::update_many()
            .col_expr(user::Column::Status, Expr::value(Status::Banned))
            .filter(user::Column::Id.is_in(padded(slice.to_vec())))
            .filter(user::Column::Rehearsal.eq(true))
            .exec(&tx)
            .await?;
        Ok(tx.commit().await?)
    }
}

fn account(name: &str, now: Timestamp) -> user::ActiveModel {
    user::ActiveModel {
        user_name: Set(name.to_owned()),
        name_key: Set(name.to_owned()),
        nick_name: Set(name.to_owned()),
        password_hash: Set(NO_PASSWORD.to_owned()),
        role: Set(Role::Customer),
        status: Set(Status::Active),
        language: Set(Language::EN.to_string()),
        rehearsal: Set(true),
        created_at: Set(now),
        updated_at: Set(now),
        ..Default::default()
    }
}

fn home(owner: UserId, now: Timestamp) -> address::ActiveModel {
    address::ActiveModel {
        user_id: Set(owner),
        name: Set("Rehearsal".to_owned()),
        phone: Set("00000".to_owned()),
        address: Set("nowhere: this is a rehearsal".to_owned()),
        is_default: Set(true),
        created_at: Set(now),
        ..Default::default()
    }
}

/// Reads the ids of new users by name: the databases disagree on which ids a bulk
/// insert returns.
async fn ids(tx: &DatabaseTransaction, names: &[String]) -> Result<Vec<UserId>, DbErr> {
    user::Entity::find()
        .select_only()
        .column(user::Column::Id)
        .filter(user::Column::NameKey.is_in(padded(names.to_vec())))
        .order_by_asc(user::Column::Id)
        .into_tuple()
        .all(tx)
        .await
}
