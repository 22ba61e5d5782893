//! SKUs for seed orders, and the stock journal of these orders.

use std::collections::{BTreeMap, HashMap};

use sea_orm::ActiveValue::Set;
use sea_orm::{
    ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use stampede_kernel::{Money, ProductId, SkuId, Timestamp};
use stampede_persistence::entity::{product, sku, stock_journal};
use stampede_persistence::{Database, insert_all};

/// A SKU that seed orders can buy.
#[derive(Debug, Clone)]
pub struct SeedSku {
    /// The SKU.
    pub sku: SkuId,
    /// Its product.
    pub product: ProductId,
    /// The product's name.
    pub name: String,
    /// The SKU's options.
    pub options: BTreeMap<String, String>,
    /// The price that a buyer pays.
    pub price: Money,
}

/// Units of one SKU in one order.
#[derive(Debug, Clone)]
pub struct Sold {
    /// The SKU.
    pub sku: SkuId,
    /// Number of units.
    pub units: i64,
    /// The order's id.
    pub reference: String,
    /// When they were sold.
    pub at: Timestamp,
    /// Reason and time of their return, if they were returned.
    pub back: Option<(&'static str, Timestamp)>,
}

/// Reads at most `most` SKUs that are on sale.
///
/// # Errors
///
/// When the catalogue cannot be read.
pub async fn skus_on_sale(db: &Database, most: u64) -> Result<Vec<SeedSku>, DbErr> {
    let products = product::Entity::find()
        .filter(product::Column::OnSale.eq(true))
        .order_by_asc(product::Column::Id)
        .limit(most)
        .all(db.reader())
        .await?;
    let mut names: HashMap<_, _> = products.into_iter().map(|row| (row.id, row.name)).collect();
    let last = names.keys().max().copied().unwrap_or(ProductId(0));
    let skus = sku::Entity::find()
        .filter(sku::Column::ProductId.lte(last))
        .order_by_asc(sku::Column::Id)
        .all(db.reader())
        .await?;
    // The first SKU of each.
    let mut found = Vec::new();
    for row in skus {
        if let Some(name) = names.remove(&row.product_id) {
            found.push(seed_sku(&row, name)?);
        }
    }
    Ok(found)
}

fn seed_sku(row: &sku::Model, name: String) -> Result<SeedSku, DbErr> {
    let options = serde_json::from_str(&row.options);
    Ok(SeedSku {
        sku: row.id,
        product: row.product_id,
        name,
        options: options.map_err(|error| DbErr::Json(error.to_string()))?,
        price: row.discount_price.unwrap_or(row.price),
    })
}

/// Writes the stock journal of sold and returned units, preceded by a delivery of as
/// many units: the stock of each SKU is unchanged, and its row is not touched.
///
/// # Errors
///
/// When the journal cannot be written.
pub async fn journal(
    tx: &DatabaseTransaction,
    sold: &[Sold],
    delivered_at: Timestamp,
) -> Result<(), DbErr> {
    let mut gone: BTreeMap<SkuId, i64> = BTreeMap::new();
    let mut moves = Vec::new();
    for one in sold {
        let reference = Some(one.reference.clone());
        moves.push(row(one.sku, -one.units, "order", reference.clone(), one.at));
        if let Some((why, at)) = one.back {
            moves.push(row(one.sku, one.units, why, reference, at));
        } else {
            *gone.entry(one.sku).or_default() += one.units;
        }
    }
    let deliveries = gone.into_iter();
    let delivery = |(sku, units)| row(sku, units, "delivery", None, delivered_at);
    let rows = deliveries.map(delivery).chain(moves).collect();
    insert_all::<stock_journal::Entity, _>(tx, rows).await
}

fn row(
    sku: SkuId,
    delta: i64,
    reason: &str,
    reference: Option<String>,
    at: Timestamp,
) -> stock_journal::ActiveModel {
    stock_journal::ActiveModel {
        sku_id: Set(sku),
        delta: Set(delta),
        reason: Set(reason.to_owned()),
        reference: Set(reference),
        actor_id: Set(None),
        created_at: Set(at),
        ..Default::default()
    }
}
