//! Bulk seeding of products, for rehearsals and measurements.

mod random;
mod seed_products;
mod seed_skus;
mod seed_texts;
pub(crate) mod store;

use stampede_kernel::{CategoryId, ProductId, Timestamp};
use stampede_persistence::{Change, Database, impl_conflict, retrying};

pub use random::SeededRandom;
use seed_products::SeedProducts;
pub use seed_skus::{SeedSku, Sold, journal, skus_on_sale};

/// Products per transaction: long enough to be fast, short enough that a shop
/// that is open meanwhile does not notice.
const SLICE: u64 = 2_000;

/// Errors of bulk seeding.
#[derive(Debug, thiserror::Error)]
pub enum BulkError {
    /// There is no category to put them in.
    #[error("a product needs a category")]
    NoCategory,
    /// The database failed; what earlier slices wrote stays.
    #[error("the products could not be written")]
    Database(#[from] sea_orm::DbErr),
}

impl_conflict!(BulkError: Database);

/// Creates `count` products with realistic texts, prices and stock, spread over
/// `categories` and over the year before `at`, and returns the id of the last.
///
/// The same database gets the same products. Ids are assigned here, so no other product
/// may be created at the same time: on a server a collision ends in an error.
///
/// # Errors
///
/// [`BulkError::NoCategory`] for an empty list of categories.
pub async fn products(
    db: &Database,
    categories: &[CategoryId],
    count: u64,
    at: Timestamp,
) -> Result<Option<ProductId>, BulkError> {
    if categories.is_empty() {
        return Err(BulkError::NoCategory);
    }
    let mut last = None;
    let mut done = 0;
    while done < count {
        let slice = SLICE.min(count - done);
        let batch = SeedProducts {
            categories,
            left: count - done,
            at,
        };
        last = Some(retrying(|| store::write(db, &batch, slice)).await?);
        done += slice;
    }
    if last.is_some() {
        db.changes().publish(&Change::Everything);
    }
    Ok(last)
}
