//! Installation-wide values that several processes must agree on.

use sea_orm::sea_query::Query;
use sea_orm::{ConnectionTrait, DbErr, EntityTrait};

use crate::entity::marker;
use crate::{Database, insert_or_ignore, retrying};

/// Returns the value of `name`; the first process to ask sets it to `first`.
pub async fn agree(db: &Database, name: &str, first: &str) -> Result<String, DbErr> {
    let insert = Query::insert()
        .into_table(marker::Entity)
        .columns(["name", "value"])
        .values_panic([name.into(), first.into()])
        .take();
    let row = retrying(async || {
        let tx = db.begin_write().await?;
        tx.execute_raw(insert_or_ignore(db.backend(), &insert))
            .await?;
        let row = marker::Entity::find_by_id(name.to_owned()).one(&tx).await?;
        tx.commit().await?;
        Ok::<_, DbErr>(row)
    })
    .await?;
    row.map(|row| row.value)
        .ok_or_else(|| DbErr::RecordNotFound(name.to_owned()))
}

/// The value of `name`, read without a transaction; `None` when nobody set it.
pub async fn read(db: &Database, name: &str) -> Result<Option<String>, DbErr> {
    let row = marker::Entity::find_by_id(name.to_owned())
        .one(db.reader())
        .await?;
    Ok(row.map(|row| row.value))
}
