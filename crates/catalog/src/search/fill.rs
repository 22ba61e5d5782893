//! Builds a search index from the database.

use std::sync::Arc;

use stampede_kernel::{Language, ProductId};
use stampede_persistence::Database;
use stampede_persistence::entity::product;
use tantivy::TantivyError;

use super::SearchError;
use super::index::SearchIndex;
use super::store::{self, CategoryIndex};

/// Builds an index of all products on sale, read in slices.
pub(super) async fn fill(db: &Database, shop: Language) -> Result<Arc<SearchIndex>, SearchError> {
    let index = Arc::new(SearchIndex::empty()?);
    let tree = CategoryIndex::read(db.reader()).await?;
    let mut after = ProductId(0);
    loop {
        let rows = store::slice(db.reader(), after).await?;
        let Some(last) = rows.last() else {
            break;
        };
        after = last.id;
        let listed = load_products(db, &tree, rows, shop).await?;
        let index = Arc::clone(&index);
        blocking(move || index.add(&listed)).await?;
    }
    let filled = Arc::clone(&index);
    blocking(move || filled.commit()).await?;
    Ok(index)
}

/// Adds categories, stock and options to the rows of products.
pub(super) async fn load_products(
    db: &Database,
    tree: &CategoryIndex,
    rows: Vec<product::Model>,
    shop: Language,
) -> Result<Vec<store::IndexedProduct>, SearchError> {
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let mut units = store::units(db.reader(), &ids).await?;
    let listed = rows.into_iter().map(|row| {
        let units = units.remove(&row.id).unwrap_or_default();
        tree.indexed_product(row, units, shop)
    });
    Ok(listed.collect())
}

/// Runs blocking work off the threads that serve requests.
pub(super) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, TantivyError> + Send + 'static,
) -> Result<T, SearchError> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|stopped| TantivyError::SystemError(stopped.to_string()))?
        .map_err(SearchError::from)
}
