//! Products as a table that a spreadsheet opens: one row per SKU.
//!
//! | column | on the first row of a product | on its further rows |
//! |---|---|---|
//! | `product_id` | empty makes a product | the same again, or empty |
//! | `sku_id` | which SKU; empty finds the one with the same options or adds one | |
//! | `name`, `title`, `info` | in the shop's language | empty |
//! | `category` | its path, `Tea > Green`; made where it is missing. `\>` is a `>` in a name | empty |
//! | `on_sale` | `true` or `false`; a new product is on sale where this is empty | empty |
//! | `options` | `Colour: Black; Size: M`, or a JSON object | the same |
//! | `price`, `discount_price` | minor units; an empty discount is none | the same |
//! | `num` | opening stock of a new SKU; of others it only informs | the same |
//! | `name_zh`, `title_zh`, `info_zh` … | translations, three columns a language | empty |
//!
//! A column that is absent changes nothing, so what [`export`] writes, [`import`]
//! reads without changing anything. Texts that a spreadsheet would run as a
//! formula (`=`, `+`, `-`, `@` …) have a `'` in front, which the import takes off.

mod cell;
mod export;
mod import;
mod paths;
mod row;

use crate::category::CategoryError;
use crate::product::ProductError;

pub use export::export;
pub use import::import;

/// What an import did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    /// Products that were made.
    pub created: u64,
    /// Products that were changed.
    pub changed: u64,
    /// Products that were already as the table says.
    pub unchanged: u64,
    /// Products that were left alone, with the line where each begins.
    pub refused: Vec<Refusal>,
}

/// A product that was not taken over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Its first line in the file, from 1.
    pub line: u64,
    /// Why.
    pub reason: String,
}

/// Why a table could not be read or written. An import may have taken over the
/// products above.
#[derive(Debug, thiserror::Error)]
pub enum CsvError {
    /// The first line names a column that does not exist, or one twice.
    #[error("there is no column {0}, or it is there twice")]
    Column(String),
    /// The file could not be read or written.
    #[error("the table could not be read or written")]
    File(#[from] ::csv::Error),
    /// The catalogue failed.
    #[error(transparent)]
    Product(#[from] ProductError),
    /// The catalogue failed.
    #[error(transparent)]
    Category(#[from] CategoryError),
}
