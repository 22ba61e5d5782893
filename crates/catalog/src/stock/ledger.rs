//! Stock that moves inside somebody else's transaction.

use async_trait::async_trait;
use sea_orm::{DatabaseTransaction, DbErr};
use stampede_kernel::{ProductId, SkuId, Timestamp};
use stampede_media::Image;

use crate::product::Sku;
use crate::text::Names;

/// Units of a SKU, at least 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct StockLine {
    /// Which.
    pub sku: SkuId,
    /// How many.
    pub units: i64,
}

/// A line that was taken, at the prices in force when it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PricedLine {
    /// The SKU with what is left of it.
    pub sku: Sku,
    /// The product's name in the shop's language.
    pub product_name: String,
    /// Its translations.
    pub names: Names,
    /// The product's first picture.
    pub cover: Option<Image>,
    /// How many were taken.
    pub units: i64,
}

/// A SKU as it is offered now, whether it can be bought or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// The SKU.
    pub sku: Sku,
    /// The product's name in the shop's language.
    pub product_name: String,
    /// Its translations.
    pub names: Names,
    /// The product's first picture.
    pub cover: Option<Image>,
    /// Whether its product is on sale.
    pub on_sale: bool,
}

/// Why stock moves, as its journal tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StockCause<'a> {
    /// In a word: `order`, `cancel` … At most 255 characters.
    pub reason: &'a str,
    /// What caused it: an order's id … At most 64 characters.
    pub reference: &'a str,
    /// When.
    pub at: Timestamp,
}

/// Why one line of a reservation cannot be served.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shortfall {
    /// The SKU does not exist, or its product is off sale.
    NotOnSale,
    /// Fewer units are left than were asked for.
    Insufficient,
}

/// A line of a reservation that cannot be served.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShortLine {
    /// Its index among the lines that were asked for.
    pub index: usize,
    /// Its SKU.
    pub sku: SkuId,
    /// Why.
    pub why: Shortfall,
}

/// Why stock did not move inside a transaction, which is then to be rolled back.
#[derive(Debug, thiserror::Error)]
pub enum StockLedgerError {
    /// Lines that cannot be served: all of them, in the order of the lines.
    #[error("{} of the lines cannot be served", .0.len())]
    Short(Vec<ShortLine>),
    /// The SKU does not exist.
    #[error("SKU {0} cannot be bought")]
    Unknown(SkuId),
    /// Fewer units are left than were asked for.
    #[error("not enough units of SKU {0} are left")]
    Insufficient(SkuId),
    /// A line asks for less than one unit.
    #[error("a line of SKU {0} is not of at least one unit")]
    NoUnits(SkuId),
    /// The database failed.
    #[error("the stock could not be moved")]
    Database(#[from] DbErr),
}

/// Takes stock and gives it back inside somebody else's transaction.
///
/// Implementations write through `tx` only: when the caller rolls back, the
/// stock is as it was. The news of it is in the feed with the commit; the
/// caller publishes to its own process afterwards.
#[async_trait]
pub trait StockLedger: Send + Sync {
    /// Takes every line, in ascending order of SKUs whatever order they arrive
    /// in, so that two overlapping orders cannot deadlock. The answer is in the
    /// order of the lines.
    ///
    /// # Errors
    ///
    /// [`StockLedgerError::Short`] with every line that cannot be served.
    async fn reserve(
        &self,
        tx: &DatabaseTransaction,
        lines: &[StockLine],
        cause: StockCause<'_>,
    ) -> Result<Vec<PricedLine>, StockLedgerError>;

    /// Takes a line of a product that need not be on sale: a rehearsal sells what
    /// no list shows.
    ///
    /// # Errors
    ///
    /// [`StockLedgerError::Unknown`] for a SKU that is absent,
    /// [`StockLedgerError::Insufficient`] when fewer units are left.
    async fn withdraw(
        &self,
        tx: &DatabaseTransaction,
        line: StockLine,
        cause: StockCause<'_>,
    ) -> Result<(), StockLedgerError>;

    /// Gives every line back, ascending, whether its product is still on sale or not.
    async fn release(
        &self,
        tx: &DatabaseTransaction,
        lines: &[StockLine],
        cause: StockCause<'_>,
    ) -> Result<(), StockLedgerError> {
        let lines: Vec<_> = lines.iter().map(|line| (*line, cause)).collect();
        self.release_many(tx, &lines).await
    }

    /// Gives lines of many causes back: one update per SKU, one journal row per line.
    async fn release_many(
        &self,
        tx: &DatabaseTransaction,
        lines: &[(StockLine, StockCause<'_>)],
    ) -> Result<(), StockLedgerError>;

    /// A product's first SKU, the one that is meant where only the product is named.
    async fn first_sku(
        &self,
        tx: &DatabaseTransaction,
        product: ProductId,
    ) -> Result<Option<SkuId>, StockLedgerError>;
}

/// What SKUs cost now; takes nothing.
#[async_trait]
pub trait Offers: Send + Sync {
    /// The offers of those SKUs that exist, in no particular order.
    async fn offers(&self, skus: &[SkuId]) -> Result<Vec<Offer>, DbErr>;
}
