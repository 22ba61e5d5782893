//! Why the index could not be built or asked.

use sea_orm::DbErr;

/// Why the index could not be built or asked.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// The index failed: memory is short, or it was asked something it does not hold.
    #[error("the search index failed")]
    Index(#[from] tantivy::TantivyError),
    /// As many questions wait as may; this one was not looked at.
    #[error("too many searches are waiting")]
    Busy,
    /// The database failed; the index is as it was.
    #[error("the catalogue could not be read into the index")]
    Database(#[from] DbErr),
}
