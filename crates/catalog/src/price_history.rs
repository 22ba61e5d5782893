//! The price history of SKUs: what a buyer paid, and since when.
//!
//! What is shown of it – since when the present price is in force, and the lowest one of the
//! 30 days before – does not change until the next price does. So it is computed then, and
//! stands on the SKU's row: a list of products asks for nothing more.

use std::time::Duration;

use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QuerySelect,
};
use stampede_kernel::{Money, SkuId, Timestamp};
use stampede_persistence::entity::price_history;

/// The days before a price in which the lowest one is looked for.
const WINDOW: Duration = Duration::from_hours(30 * 24);

/// The row of a price that a buyer pays from `since` on.
pub(crate) fn row(sku: SkuId, price: Money, since: Timestamp) -> price_history::ActiveModel {
    price_history::ActiveModel {
        sku_id: Set(sku),
        price: Set(price),
        since: Set(since),
        ..Default::default()
    }
}

/// Writes the price that a buyer pays from `since` on.
pub(crate) async fn write(
    tx: &impl ConnectionTrait,
    sku: SkuId,
    price: Money,
    since: Timestamp,
) -> Result<(), DbErr> {
    price_history::Entity::insert(row(sku, price, since))
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// Reads the lowest price of the 30 days before `at`, in which `last` was the last one. The
/// price that was in force when they began counts.
pub(crate) async fn lowest_before(
    tx: &impl ConnectionTrait,
    sku: SkuId,
    last: Money,
    at: Timestamp,
) -> Result<Money, DbErr> {
    let begin = at.minus(WINDOW);
    let of_sku = || price_history::Entity::find().filter(price_history::Column::SkuId.eq(sku));
    let first: Option<Timestamp> = of_sku()
        .filter(price_history::Column::Since.lte(begin))
        .select_only()
        .column_as(price_history::Column::Since.max(), "since")
        .into_tuple()
        .one(tx)
        .await?
        .flatten();
    let lowest: Option<Money> = of_sku()
        .filter(price_history::Column::Since.gte(first.unwrap_or(begin)))
        .select_only()
        .column_as(price_history::Column::Price.min(), "price")
        .into_tuple()
        .one(tx)
        .await?
        .flatten();
    Ok(lowest.map_or(last, |lowest| Ord::min(lowest, last)))
}
