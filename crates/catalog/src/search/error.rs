//! Errors of the search index.

use sea_orm::DbErr;

/// Errors of the search index.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// The index failed.
    #[error("the search index failed")]
    Index(#[from] tantivy::TantivyError),
    /// The queue of searches is full.
    #[error("too many searches are waiting")]
    Busy,
    /// The database failed; the index is as it was.
    #[error("the catalogue could not be read into the index")]
    Database(#[from] DbErr),
}
