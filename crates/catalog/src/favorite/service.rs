//! The favourites service.

use async_trait::async_trait;
use sea_orm::DbErr;
use stampede_kernel::codes::NOT_FOUND;
use stampede_kernel::{
    Cursor, CursorMismatch, FavoriteId, Page, PageSize, ProductId, Refusal, Refuse, Timestamp,
    UserId,
};
use stampede_persistence::database_refusal;

use crate::codes::TOO_MANY_FAVORITES;
use crate::product::Product;

/// A user's favourite.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Favorite {
    /// Its id.
    pub id: FavoriteId,
    /// The product; it may be off sale by now.
    pub product: Product,
    /// When it was added.
    pub created_at: Timestamp,
}

/// Errors of the favourites service.
#[derive(Debug, thiserror::Error)]
pub enum FavoriteError {
    /// The product does not exist or is off sale, or is not a favourite.
    #[error("the product does not exist or is not a favourite")]
    NotFound,
    /// The owner was banned after the request had begun.
    #[error("the account may not act any more")]
    Banned,
    /// The user has 1,000.
    #[error("no more than 1000 favourites can be kept")]
    TooMany,
    /// The cursor is not one of this list.
    #[error(transparent)]
    Cursor(#[from] CursorMismatch),
    /// The database failed; nothing was changed.
    #[error("the favourites could not be read or written")]
    Database(#[from] DbErr),
}

impl Refuse for FavoriteError {
    fn refusal(&self) -> Refusal {
        match self {
            Self::NotFound => Refusal::new(NOT_FOUND),
            Self::Banned => Refusal::unauthenticated(),
            Self::TooMany => Refusal::because(TOO_MANY_FAVORITES, self),
            Self::Cursor(mismatch) => mismatch.refusal(),
            Self::Database(cause) => database_refusal(cause),
        }
    }
}

/// A user's own favourites.
#[async_trait]
pub trait FavoriteService: Send + Sync {
    /// Returns a page of favourites, newest first.
    async fn favorites(
        &self,
        owner: UserId,
        size: PageSize,
        cursor: Option<Cursor>,
    ) -> Result<Page<Favorite>, FavoriteError>;

    /// Adds a favourite; the bool is true when it is new.
    async fn add(
        &self,
        owner: UserId,
        product: ProductId,
    ) -> Result<(Favorite, bool), FavoriteError>;

    /// Removes a favourite.
    async fn remove(&self, owner: UserId, product: ProductId) -> Result<(), FavoriteError>;
}
