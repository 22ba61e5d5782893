//! What orders in bulk are of, and what they do to the stock.

use std::collections::{BTreeMap, HashMap};

use sea_orm::ActiveValue::Set;
use sea_orm::{
    ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use stampede_kernel::{Money, ProductId, SkuId, Timestamp};
use stampede_persistence::entity::{product, sku, stock_journal};
use stampede_persistence::{Database, insert_all};

/// Something that can be bought.
#[derive(Debug, Clone)]
pub struct SeedSku {
    /// What.
    pub sku: SkuId,
    /// Of which product.
    pub product: ProductId,
    /// The product's name.
    pub name: String,
    /// The SKU's options.
    pub options: BTreeMap<String, String>,
    /// What a buyer pays.
    pub price: Money,
}

/// Units of one SKU that one order took.
#[derive(Debug, Clone)]
pub struct Sold {
    /// Which.
    pub sku: SkuId,
    /// How many.
    pub units: i64,
    /// The order.
    pub reference: String,
    /// When.
    pub at: Timestamp,
    /// Why and when they came back, if they did.
    pub back: Option<(&'static str, Timestamp)>,
}

/// At most `most` SKUs that are on sale.
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

/// Journals what was sold and what came back, after a delivery of just as many
/// units: what is left of each SKU stays as it is, and no row of it is touched.
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
