//! The configuration of a sale as a process has cached it.

use stampede_catalog::{Names, Offer};
use stampede_kernel::{Money, SaleId, SkuId, Timestamp};
use stampede_order::BookedLine;
use stampede_persistence::entity::sale::SaleState;

use crate::context::Context;
use crate::gate::Epoch;
use crate::sale::{SaleError, store};
use crate::sales::GRACE;

/// The configuration of a sale at one epoch, with the product data that its orders
/// copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Config {
    pub(crate) id: SaleId,
    pub(crate) epoch: Epoch,
    pub(crate) version: i64,
    pub(crate) title: String,
    pub(crate) state: SaleState,
    pub(crate) starts_at: Timestamp,
    pub(crate) ends_at: Timestamp,
    pub(crate) closed_at: Option<Timestamp>,
    pub(crate) limit: i64,
    pub(crate) total: i64,
    pub(crate) taken: i64,
    /// The regular price of one unit.
    pub(crate) list_price: Money,
    /// The order line of a claim with 0 units, in the shop's language.
    pub(crate) line: BookedLine,
    /// The product's name in other languages.
    pub(crate) names: Names,
}

impl Config {
    pub(crate) fn sku(&self) -> SkuId {
        self.line.sku
    }

    /// The time by the gate's clock at which the sale closes: claims that were
    /// admitted before its end may commit until then.
    pub(crate) fn closes_at(&self) -> Timestamp {
        self.ends_at.plus(GRACE)
    }
}

impl Context {
    /// Reads the configuration of a sale from the database; `None` when the
    /// sale does not exist.
    pub(crate) async fn config(&self, sale: SaleId) -> Result<Option<Config>, SaleError> {
        let Some(row) = store::sale(self.db.reader(), sale).await? else {
            return Ok(None);
        };
        let offers = self.dependencies.offers.offers(&[row.0.sku_id]).await?;
        Ok(offers.into_iter().next().map(|offer| config(row, offer)))
    }

    /// Builds the configurations of many sales from their rows.
    pub(crate) async fn configs(&self, rows: Vec<store::Row>) -> Result<Vec<Config>, SaleError> {
        let mut skus: Vec<_> = rows.iter().map(|(sale, _)| sale.sku_id).collect();
        skus.sort_unstable();
        skus.dedup();
        let offers = self.dependencies.offers.offers(&skus).await?;
        let of = |sku| offers.iter().find(|offer| offer.sku.id == sku).cloned();
        let configs = rows.into_iter().filter_map(|row| {
            let offer = of(row.0.sku_id)?;
            Some(config(row, offer))
        });
        Ok(configs.collect())
    }
}

fn config((sale, stock): store::Row, offer: Offer) -> Config {
    Config {
        id: sale.id,
        epoch: Epoch(stock.epoch),
        version: sale.config_version,
        title: sale.title,
        state: sale.state,
        starts_at: sale.starts_at,
        ends_at: sale.ends_at,
        closed_at: stock.closed_at,
        limit: sale.per_user_limit,
        total: stock.total,
        taken: stock.taken,
        list_price: offer.sku.price,
        names: offer.names,
        line: BookedLine {
            sku: offer.sku.id,
            product: offer.sku.product_id,
            name: offer.product_name,
            options: offer.sku.options,
            image: offer.cover,
            unit_price: sale.price,
            num: 0,
            tax_rate: offer.sku.tax_rate,
        },
    }
}
