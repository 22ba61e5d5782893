//! Many customers at once, by few statements: nobody's password is measured here.

use sea_orm::{
    ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use stampede_kernel::{Clock, SystemClock, Timestamp, UserId};
use stampede_persistence::entity::user::{Role, Status};
use stampede_persistence::entity::{address, user};
use stampede_persistence::{Database, insert_all};

use crate::Failure;

/// Customers per transaction.
const SLICE: usize = 16_384;

/// Writes `count` customers who have an address and cannot log in.
///
/// # Errors
///
/// When the database fails.
pub async fn crowd(db: &Database, count: usize) -> Result<Vec<UserId>, Failure> {
    let mut ids = Vec::with_capacity(count);
    while ids.len() < count {
        let size = SLICE.min(count - ids.len());
        let now = SystemClock.now();
        let tx = db.begin_write().await?;
        let slice = people(&tx, Role::Customer, size, now).await?;
        let homes = slice.iter().map(|id| home(*id, now)).collect();
        insert_all::<address::Entity, _>(&tx, homes).await?;
        tx.commit().await?;
        ids.extend(slice);
    }
    db.analyze().await?;
    Ok(ids)
}

/// Writes an admin who cannot log in.
///
/// # Errors
///
/// When the database fails.
pub async fn admin(db: &Database) -> Result<UserId, Failure> {
    let tx = db.begin_write().await?;
    let ids = people(&tx, Role::Admin, 1, SystemClock.now()).await?;
    tx.commit().await?;
    ids.first().copied().ok_or_else(|| "no admin".into())
}

async fn people(
    tx: &DatabaseTransaction,
    role: Role,
    count: usize,
    now: Timestamp,
) -> Result<Vec<UserId>, Failure> {
    let last = ids_after(UserId(0)).order_by_desc(user::Column::Id);
    let last = last.into_tuple().one(tx).await?.unwrap_or(UserId(0));
    let rows = (0..count).map(|place| person(format!("crowd-{last}-{place}"), role, now));
    insert_all::<user::Entity, _>(tx, rows.collect()).await?;
    let new = ids_after(last).order_by_asc(user::Column::Id);
    Ok(new.into_tuple().all(tx).await?)
}

fn ids_after(last: UserId) -> sea_orm::Select<user::Entity> {
    user::Entity::find()
        .select_only()
        .column(user::Column::Id)
        .filter(user::Column::Id.gt(last))
}

fn person(name: String, role: Role, now: Timestamp) -> user::ActiveModel {
    user::ActiveModel {
        user_name: Set(name.clone()),
        name_key: Set(name.clone()),
        nick_name: Set(name),
        password_hash: Set("*".into()),
        role: Set(role),
        status: Set(Status::Active),
        language: Set("en".into()),
        created_at: Set(now),
        updated_at: Set(now),
        ..Default::default()
    }
}

fn home(user: UserId, now: Timestamp) -> address::ActiveModel {
    address::ActiveModel {
        user_id: Set(user),
        name: Set("Ada Lovelace".into()),
        phone: Set("+44 20 7946 0000".into()),
        address: Set("12 St James's Square, London".into()),
        is_default: Set(true),
        created_at: Set(now),
        ..Default::default()
    }
}
