//! Stock that stands on the database.

use std::sync::Arc;

use async_trait::async_trait;
use sea_orm::DatabaseTransaction;
use serde_json::json;
use stampede_kernel::{Clock, ProductId, UserId};
use stampede_persistence::idempotency::Idempotency;
use stampede_persistence::{Database, Topic, feed, retrying};

use super::model::too_many;
use super::store::{self, Cause};
use super::{
    PricedLine, StockCause, StockError, StockLedger, StockLedgerError, StockLine, StockMove,
    StockService,
};
use crate::fault::conflict_in_database;
use crate::ground::{CatalogSettings, Deed, Ground};
use crate::product::Sku;
use crate::product::store::sku_of;
use crate::search::Search;

conflict_in_database!(StockLedgerError);

/// The stock of the database.
pub struct DbStock {
    ground: Ground,
}

impl DbStock {
    /// Stock of this database.
    pub fn new(
        db: Database,
        clock: Arc<dyn Clock>,
        search: Arc<Search>,
        settings: CatalogSettings,
    ) -> Self {
        let ground = Ground {
            db,
            clock,
            search,
            settings,
        };
        Self { ground }
    }

    /// After the commit of a transaction that reserved or released: tells this
    /// process, whose next answers show it.
    pub async fn moved(&self, products: &[ProductId]) {
        self.ground.products_changed(Topic::Stock, products).await;
    }

    async fn shift(
        &self,
        admin: UserId,
        movement: &StockMove,
        key: Option<&Idempotency>,
    ) -> Result<(Sku, bool), StockError> {
        let at = self.ground.clock.now();
        let tx = self.ground.db.begin_write().await?;
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
        let moved = store::shift(&tx, movement.sku, movement.delta, cause).await?;
        let sku = store::sku(&tx, movement.sku)
            .await?
            .ok_or(StockError::NotFound)?;
        if !moved {
            return Err(refusal(movement));
        }
        let sku = sku_of(sku)?;
        deed(admin, &sku, movement).record(&tx, at).await?;
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
        let (sku, replayed) = retrying(|| self.shift(admin, &movement, key.as_ref())).await?;
        if !replayed {
            self.moved(&[sku.product_id]).await;
        }
        Ok((sku, replayed))
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
        for (place, line) in ascending(lines)? {
            taken.push((place, take(tx, line, cause).await?));
        }
        tell(tx, taken.iter().map(|(_, line)| &line.sku), cause).await?;
        taken.sort_by_key(|(place, _)| *place);
        Ok(taken.into_iter().map(|(_, line)| line).collect())
    }

    async fn release(
        &self,
        tx: &DatabaseTransaction,
        lines: &[StockLine],
        cause: StockCause<'_>,
    ) -> Result<(), StockLedgerError> {
        let mut given = Vec::with_capacity(lines.len());
        for (_, line) in ascending(lines)? {
            given.push(give(tx, line, cause).await?);
        }
        Ok(tell(tx, given.iter(), cause).await?)
    }
}

/// The lines by ascending SKU, each with its place.
fn ascending(lines: &[StockLine]) -> Result<Vec<(usize, StockLine)>, StockLedgerError> {
    let mut sorted: Vec<_> = lines.iter().copied().enumerate().collect();
    sorted.sort_by_key(|(_, line)| line.sku);
    match sorted.iter().find(|(_, line)| line.units < 1) {
        Some((_, line)) => Err(StockLedgerError::NoUnits(line.sku)),
        None => Ok(sorted),
    }
}

/// Takes one line. The update is the check and the row lock at once, so that
/// the prices read afterwards are the ones in force.
async fn take(
    tx: &DatabaseTransaction,
    line: StockLine,
    cause: StockCause<'_>,
) -> Result<PricedLine, StockLedgerError> {
    let taken = store::shift(tx, line.sku, -line.units, cause.into()).await?;
    let (sku, product) = store::on_sale(tx, line.sku)
        .await?
        .ok_or(StockLedgerError::Unknown(line.sku))?;
    if !taken {
        return Err(StockLedgerError::Insufficient(line.sku));
    }
    Ok(PricedLine {
        sku: sku_of(sku)?,
        product_name: product.name,
        units: line.units,
    })
}

async fn give(
    tx: &DatabaseTransaction,
    line: StockLine,
    cause: StockCause<'_>,
) -> Result<Sku, StockLedgerError> {
    let given = store::shift(tx, line.sku, line.units, cause.into()).await?;
    match store::sku(tx, line.sku).await? {
        Some(sku) if given => Ok(sku_of(sku)?),
        _ => Err(StockLedgerError::Unknown(line.sku)),
    }
}

/// News of every product once.
async fn tell(
    tx: &DatabaseTransaction,
    skus: impl Iterator<Item = &Sku>,
    cause: StockCause<'_>,
) -> Result<(), sea_orm::DbErr> {
    let mut products: Vec<_> = skus.map(|sku| sku.product_id.0).collect();
    products.sort_unstable();
    products.dedup();
    feed::tell(tx, Topic::Stock, &products, cause.at).await
}

/// Why a SKU that exists did not move.
fn refusal(movement: &StockMove) -> StockError {
    if movement.delta < 0 {
        StockError::Insufficient
    } else {
        too_many().into()
    }
}

fn deed(admin: UserId, sku: &Sku, movement: &StockMove) -> Deed {
    Deed {
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
