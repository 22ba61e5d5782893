//! What a user likes.

use serde::Serialize;
use stampede_catalog::Favorite;
use utoipa::ToSchema;

use super::{ProductBody, Wording};

/// A favourite; its product may be off sale by now.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Favorite)]
pub(crate) struct FavoriteBody {
    id: i64,
    product: ProductBody,
    created_at: String,
}

impl FavoriteBody {
    pub(crate) fn new(favorite: &Favorite, wording: &Wording<'_>) -> Self {
        Self {
            id: favorite.id.0,
            product: ProductBody::new(&favorite.product, wording),
            created_at: favorite.created_at.to_rfc3339(),
        }
    }
}
