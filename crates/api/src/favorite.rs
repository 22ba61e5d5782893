//! Favourites as JSON.

use serde::Serialize;
use stampede_catalog::Favorite;
use utoipa::ToSchema;

use crate::Localizer;
use crate::product::ProductBody;

/// A favourite of the caller; its product may be off sale by now.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Favorite)]
pub struct FavoriteBody {
    /// Id of the favourite.
    id: i64,
    /// The product.
    product: ProductBody,
    /// Time at which it was added: RFC 3339, UTC.
    created_at: String,
}

impl FavoriteBody {
    /// The favourite as this client sees it.
    pub fn new(favorite: &Favorite, localizer: &Localizer<'_>) -> Self {
        Self {
            id: favorite.id.0,
            product: ProductBody::new(&favorite.product, localizer),
            created_at: favorite.created_at.to_rfc3339(),
        }
    }
}
