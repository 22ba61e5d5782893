//! Statistics of stock.

use sea_orm::sea_query::JoinType;
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use stampede_kernel::SkuId;
use stampede_persistence::Database;
use stampede_persistence::entity::{product, sku};

use crate::stock::{Offer, offers};

/// Reads at most `limit` SKUs of products on sale that have at most `units` left, those
/// with the fewest first.
///
/// # Errors
///
/// When the SKUs cannot be read.
pub async fn low_stock(db: &Database, units: i64, limit: u64) -> Result<Vec<Offer>, DbErr> {
    let product = sku::Entity::belongs_to(product::Entity)
        .from(sku::Column::ProductId)
        .to(product::Column::Id)
        .into();
    let skus: Vec<SkuId> = sku::Entity::find()
        .select_only()
        .column(sku::Column::Id)
        .join(JoinType::InnerJoin, product)
        .filter(product::Column::OnSale.eq(true))
        .filter(sku::Column::Num.lte(units))
        .order_by_asc(sku::Column::Num)
        .order_by_asc(sku::Column::Id)
        .limit(limit)
        .into_tuple()
        .all(db.reader())
        .await?;
    let mut offers = offers(db.reader(), &skus).await?;
    offers.sort_by_key(|offer| (offer.sku.num, offer.sku.id));
    Ok(offers)
}
