//! The stock journal as admins read it.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use stampede_kernel::{Cursor, Page, PageSize, SkuId};
use stampede_persistence::Database;
use stampede_persistence::entity::stock_journal;

use super::{StockError, store};

/// Reads a page of the movements of a SKU, newest first.
pub(super) async fn page(
    db: &Database,
    sku: SkuId,
    size: PageSize,
    cursor: Option<&Cursor>,
) -> Result<Page<stock_journal::Model>, StockError> {
    let list = format!("journal of {sku}");
    let mut movements = stock_journal::Entity::find().filter(stock_journal::Column::SkuId.eq(sku));
    if let Some(cursor) = cursor {
        let below: i64 = cursor.place(&list)?;
        movements = movements.filter(stock_journal::Column::Id.lt(below));
    } else {
        let known = store::sku(db.reader(), sku).await?;
        known.ok_or(StockError::NotFound)?;
    }
    let rows = movements
        .order_by_desc(stock_journal::Column::Id)
        .limit(size.get() + 1)
        .all(db.reader())
        .await?;
    Ok(Page::cut(rows, size, &list, |row| row.id))
}
