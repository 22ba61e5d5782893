//! Many rows at once.

use sea_orm::{ActiveModelTrait, DatabaseTransaction, DbErr, EntityTrait};

/// Rows per statement: at most 32 columns each, below SQLite's 32,766 parameters.
const CHUNK: usize = 1_000;

/// Inserts any number of rows, in their order. All of them set the same columns.
///
/// # Errors
///
/// When one of them is refused.
pub async fn insert_all<E, A>(tx: &DatabaseTransaction, rows: Vec<A>) -> Result<(), DbErr>
where
    E: EntityTrait,
    A: ActiveModelTrait<Entity = E> + Send,
{
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        let chunk: Vec<_> = rows.by_ref().take(CHUNK).collect();
        E::insert_many(chunk).exec_without_returning(tx).await?;
    }
    Ok(())
}
