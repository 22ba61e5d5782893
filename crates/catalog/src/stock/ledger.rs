//! The stock ledger: reserves and releases units inside the caller's transaction.

use async_trait::async_trait;
use sea_orm::{DatabaseTransaction, DbErr};
use stampede_kernel::{CategoryId, ProductId, SkuId, Timestamp};
use stampede_media::Image;

use crate::product::Sku;
use crate::text::Names;

/// A quantity of a SKU, at least 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct StockLine {
    /// The SKU.
    pub sku: SkuId,
    /// Number of units.
    pub units: i64,
}

/// A reserved line, with the prices in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PricedLine {
    /// The SKU with its remaining stock.
    pub sku: Sku,
    /// The product's category.
    pub category: CategoryId,
    /// The product's name in the shop's language.
    pub product_name: String,
    /// Translations of the product's name.
    pub names: Names,
    /// The product's first picture.
    pub cover: Option<Image>,
    /// Number of reserved units.
    pub units: i64,
}

/// A SKU with its present price and stock, whether it can be bought or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// The SKU.
    pub sku: Sku,
    /// The product's category.
    pub category: CategoryId,
    /// The product's name in the shop's language.
    pub product_name: String,
    /// Translations of the product's name.
    pub names: Names,
    /// The product's first picture.
    pub cover: Option<Image>,
    /// Whether its product is on sale.
    pub on_sale: bool,
}

/// The cause of a stock movement, as the journal records it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StockCause<'a> {
    /// The reason in one word: `order`, `cancel` … At most 255 characters.
    pub reason: &'a str,
    /// The id of the cause, such as an order's. At most 64 characters.
    pub reference: &'a str,
    /// The time of the movement.
    pub at: Timestamp,
}

/// Why a line cannot be reserved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shortfall {
    /// The SKU does not exist, or its product is off sale.
    NotOnSale,
    /// Fewer units are left than were asked for.
    Insufficient,
}

/// A line that cannot be reserved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShortLine {
    /// Its index among the requested lines.
    pub index: usize,
    /// Its SKU.
    pub sku: SkuId,
    /// Why it cannot be reserved.
    pub why: Shortfall,
}

/// Errors of the stock ledger; the caller must roll its transaction back.
#[derive(Debug, thiserror::Error)]
pub enum StockLedgerError {
    /// All lines that cannot be reserved, in the order of the lines.
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

/// Reserves and releases stock inside the caller's transaction.
///
/// Implementations write through `tx` only, so a rollback restores the stock. The feed
/// rows become visible with the commit; the caller publishes the change to its own
/// process afterwards.
#[async_trait]
pub trait StockLedger: Send + Sync {
    /// Reserves every line, in ascending order of SKUs whatever their order, so that
    /// two overlapping orders cannot deadlock. The result is in the order of the lines.
    ///
    /// # Errors
    ///
    /// [`StockLedgerError::Short`] with every line that cannot be reserved.
    async fn reserve(
        &self,
        tx: &DatabaseTransaction,
        lines: &[StockLine],
        cause: StockCause<'_>,
    ) -> Result<Vec<PricedLine>, StockLedgerError>;

    /// Reserves a line of a product that need not be on sale: a rehearsal sells hidden
    /// products.
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

    /// Releases every line, in ascending order of SKUs, whether its product is still on
    /// sale or not.
    async fn release(
        &self,
        tx: &DatabaseTransaction,
        lines: &[StockLine],
        cause: StockCause<'_>,
    ) -> Result<(), StockLedgerError> {
        let lines: Vec<_> = lines.iter().map(|line| (*line, cause)).collect();
        self.release_many(tx, &lines).await
    }

    /// Releases lines of several causes: one update per SKU, one journal row per line.
    async fn release_many(
        &self,
        tx: &DatabaseTransaction,
        lines: &[(StockLine, StockCause<'_>)],
    ) -> Result<(), StockLedgerError>;

    /// Returns a product's first SKU, which is the default where only the product is
    /// named.
    async fn first_sku(
        &self,
        tx: &DatabaseTransaction,
        product: ProductId,
    ) -> Result<Option<SkuId>, StockLedgerError>;
}

/// Present prices and stock of SKUs; it reserves nothing.
#[async_trait]
pub trait Offers: Send + Sync {
    /// Returns the offers of those SKUs that exist, in no particular order.
    async fn offers(&self, skus: &[SkuId]) -> Result<Vec<Offer>, DbErr>;
}
