//! The stock service and the stock ledger on the database.

use std::sync::Arc;

use async_trait::async_trait;
use fail::fail_point;
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbErr};
use serde_json::json;
use stampede_kernel::{Clock, Cursor, Page, PageSize, ProductId, SkuId, Timestamp, UserId};
use stampede_persistence::entity::product;
use stampede_persistence::idempotency::Idempotency;
use stampede_persistence::{Database, Topic, feed, impl_conflict, retrying};

use super::journal;
use super::model::too_many;
use super::store::{self, Cause};
use super::{
    JournalEntry, Offer, Offers, PricedLine, ShortLine, Shortfall, StockCause, StockError,
    StockLedger, StockLedgerError, StockLine, StockMove, StockService,
};
use crate::context::{AuditedChange, CatalogContext, CatalogSettings};
use crate::product::Sku;
use crate::product::store::{covers, sku_of};
use crate::search::Search;
use crate::text::{Names, from_column, names};

impl_conflict!(StockLedgerError: Database);

/// The stock service and the stock ledger on the database.
pub struct DbStock {
    context: CatalogContext,
}

impl DbStock {
    /// Creates the service.
    pub fn new(
        db: Database,
        clock: Arc<dyn Clock>,
        search: Arc<Search>,
        settings: CatalogSettings,
    ) -> Self {
        let context = CatalogContext {
            db,
            clock,
            search,
            settings,
        };
        Self { context }
    }

    /// Publishes a stock change of these products to the caches of this process. Call
    /// it after the commit of a transaction that reserved or released.
    pub fn moved(&self, products: &[ProductId]) {
        for id in products {
            self.context.publish(Topic::Stock, id.0);
        }
    }

    async fn adjust(
        &self,
        admin: UserId,
        movement: &StockMove,
        key: Option<&Idempotency>,
    ) -> Result<(Sku, bool), StockError> {
        let at = self.context.clock.now();
        let tx = self.context.db.begin_write().await?;
        if let Some(key) = key
            && let Some(answer) = key.begin(&tx, at).await?
        {
            return Ok((answer, true));
        }
        let cause = Cause {
            reason: &movement.reason,
            reference: None,
            actor: Some(admin),
            at,
        };
        let moved = store::adjust(&tx, movement.sku, movement.delta, cause).await?;
        let sku = store::sku(&tx, movement.sku)
            .await?
            .ok_or(StockError::NotFound)?;
        if !moved {
            return Err(refusal(movement));
        }
        let sku = sku_of(&sku)?;
        audited_change(admin, &sku, movement)
            .record(&tx, at)
            .await?;
        if let Some(key) = key {
            key.finish(&tx, &sku).await?;
        }
        tx.commit().await?;
        Ok((sku, false))
    }
}

#[async_trait]
impl StockService for DbStock {
    async fn move_stock(
        &self,
        admin: UserId,
        movement: StockMove,
        key: Option<Idempotency>,
    ) -> Result<(Sku, bool), StockError> {
        movement.check()?;
        let (sku, replayed) = retrying(|| self.adjust(admin, &movement, key.as_ref())).await?;
        if !replayed && crossed_zero(sku.num, movement.delta) {
            let changed = &[sku.product_id];
            self.context.products_changed(Topic::Stock, changed).await;
        } else if !replayed {
            self.moved(&[sku.product_id]);
        }
        Ok((sku, replayed))
    }

    async fn journal(
        &self,
        sku: SkuId,
        size: PageSize,
        cursor: Option<Cursor>,
    ) -> Result<Page<JournalEntry>, StockError> {
        journal::page(&self.context.db, sku, size, cursor.as_ref()).await
    }
}

#[async_trait]
impl StockLedger for DbStock {
    async fn reserve(
        &self,
        tx: &DatabaseTransaction,
        lines: &[StockLine],
        cause: StockCause<'_>,
    ) -> Result<Vec<PricedLine>, StockLedgerError> {
        let mut taken = Vec::with_capacity(lines.len());
        let mut short = Vec::new();
        for (index, line) in ascending(lines)? {
            match take(tx, line, cause).await? {
                Ok(line) => taken.push((index, line)),
                Err(why) => short.push(ShortLine {
                    index,
                    sku: line.sku,
                    why,
                }),
            }
        }
        if !short.is_empty() {
            short.sort_by_key(|line| line.index);
            return Err(StockLedgerError::Short(short));
        }
        taken.sort_by_key(|(place, _)| *place);
        let mut taken: Vec<_> = taken.into_iter().map(|(_, line)| line).collect();
        let products: Vec<_> = taken.iter().map(|line| line.sku.product_id).collect();
        let covers = covers(tx, &products).await?;
        for line in &mut taken {
            line.cover = covers.get(&line.sku.product_id).cloned();
        }
        append_to_feed(tx, products, cause.at).await?;
        fail_point!("stock.reserved");
        Ok(taken)
    }

    async fn withdraw(
        &self,
        tx: &DatabaseTransaction,
        line: StockLine,
        cause: StockCause<'_>,
    ) -> Result<(), StockLedgerError> {
        if line.units < 1 {
            return Err(StockLedgerError::NoUnits(line.sku));
        }
        let taken = store::adjust(tx, line.sku, -line.units, cause.into()).await?;
        let sku = store::sku(tx, line.sku)
            .await?
            .ok_or(StockLedgerError::Unknown(line.sku))?;
        if !taken {
            return Err(StockLedgerError::Insufficient(line.sku));
        }
        Ok(append_to_feed(tx, [sku.product_id], cause.at).await?)
    }

    async fn release_many(
        &self,
        tx: &DatabaseTransaction,
        lines: &[(StockLine, StockCause<'_>)],
    ) -> Result<(), StockLedgerError> {
        let Some((_, cause)) = lines.first() else {
            return Ok(());
        };
        let mut sorted = lines.to_vec();
        sorted.sort_by_key(|(line, _)| line.sku);
        let mut given = Vec::new();
        for parts in sorted.chunk_by(|(a, _), (b, _)| a.sku == b.sku) {
            given.push(release_sku(tx, parts).await?);
        }
        append_to_feed(tx, given.iter().copied(), cause.at).await?;
        fail_point!("stock.released");
        Ok(())
    }

    async fn first_sku(
        &self,
        tx: &DatabaseTransaction,
        product: ProductId,
    ) -> Result<Option<SkuId>, StockLedgerError> {
        Ok(store::first_sku(tx, product).await?)
    }
}

#[async_trait]
impl Offers for DbStock {
    async fn offers(&self, skus: &[SkuId]) -> Result<Vec<Offer>, DbErr> {
        offers(self.context.db.reader(), skus).await
    }
}

/// Reads the offers of those of the SKUs that exist, in no particular order.
pub(crate) async fn offers(db: &impl ConnectionTrait, skus: &[SkuId]) -> Result<Vec<Offer>, DbErr> {
    let rows = store::with_products(db, skus).await?;
    let ids: Vec<_> = rows.iter().map(|(_, product)| product.id).collect();
    let covers = covers(db, &ids).await?;
    rows.into_iter()
        .map(|(sku, product)| {
            Ok(Offer {
                cover: covers.get(&product.id).cloned(),
                on_sale: product.on_sale,
                category: product.category_id,
                names: names_of(&product)?,
                product_name: product.name,
                sku: sku_of(&sku)?,
            })
        })
        .collect()
}

/// Returns the translations of the product's name.
fn names_of(product: &product::Model) -> Result<Names, DbErr> {
    Ok(names(from_column(product.translations.as_deref())?))
}

/// Sorts the lines by SKU, each with its index.
fn ascending(lines: &[StockLine]) -> Result<Vec<(usize, StockLine)>, StockLedgerError> {
    let mut sorted: Vec<_> = lines.iter().copied().enumerate().collect();
    sorted.sort_by_key(|(_, line)| line.sku);
    match sorted.iter().find(|(_, line)| line.units < 1) {
        Some((_, line)) => Err(StockLedgerError::NoUnits(line.sku)),
        None => Ok(sorted),
    }
}

/// Reserves one line, still without its cover. The update is the check and the row lock
/// at once, so that the prices read afterwards are the ones in force.
async fn take(
    tx: &DatabaseTransaction,
    line: StockLine,
    cause: StockCause<'_>,
) -> Result<Result<PricedLine, Shortfall>, StockLedgerError> {
    let taken = store::adjust(tx, line.sku, -line.units, cause.into()).await?;
    let Some((sku, product)) = store::on_sale(tx, line.sku).await? else {
        return Ok(Err(Shortfall::NotOnSale));
    };
    if !taken {
        return Ok(Err(Shortfall::Insufficient));
    }
    Ok(Ok(PricedLine {
        sku: sku_of(&sku)?,
        category: product.category_id,
        names: names_of(&product)?,
        product_name: product.name,
        cover: None,
        units: line.units,
    }))
}

/// Releases lines of one SKU and returns its product.
async fn release_sku(
    tx: &DatabaseTransaction,
    parts: &[(StockLine, StockCause<'_>)],
) -> Result<ProductId, StockLedgerError> {
    let sku = parts.first().map_or(SkuId(0), |(line, _)| line.sku);
    if parts.iter().any(|(line, _)| line.units < 1) {
        return Err(StockLedgerError::NoUnits(sku));
    }
    let given = store::release(tx, sku, parts).await?;
    match store::sku(tx, sku).await? {
        Some(row) if given => Ok(row.product_id),
        _ => Err(StockLedgerError::Unknown(sku)),
    }
}

/// Appends a feed row for every product, each once.
async fn append_to_feed(
    tx: &DatabaseTransaction,
    products: impl IntoIterator<Item = ProductId>,
    at: Timestamp,
) -> Result<(), DbErr> {
    let mut products: Vec<_> = products.into_iter().map(|product| product.0).collect();
    products.sort_unstable();
    products.dedup();
    feed::append(tx, Topic::Stock, &products, at).await
}

/// Returns whether the SKU sold out or came back; only then the index is refreshed.
fn crossed_zero(num: i64, delta: i64) -> bool {
    num == 0 || num == delta
}

/// Returns why the stock of an existing SKU did not move.
fn refusal(movement: &StockMove) -> StockError {
    if movement.delta < 0 {
        StockError::Insufficient
    } else {
        too_many().into()
    }
}

fn audited_change(admin: UserId, sku: &Sku, movement: &StockMove) -> AuditedChange {
    AuditedChange {
        admin,
        action: "sku.stock",
        target: format!("sku:{}", sku.id),
        topic: Topic::Stock,
        key: sku.product_id.0,
        detail: json!({
            "delta": movement.delta,
            "reason": movement.reason,
            "num": sku.num,
        }),
    }
}
