//! Favourites.

use serde::{Deserialize, Serialize};
use stampede_catalog::Favorite;
use stampede_http::problem::Problem;
use stampede_kernel::ProductId;
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

/// A product, named in the body. It may be named in the query instead, for proxies drop the
/// body of a DELETE.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize, utoipa::IntoParams, ToSchema)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ProductInBody {
    /// Id of the product.
    product_id: Option<i64>,
}

/// A product, named in the query.
#[derive(Debug, Clone, Copy, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ProductInQuery {
    /// Id of the product, unless the body has it.
    product_id: Option<i64>,
}

impl ProductInBody {
    /// The product that body or query names.
    ///
    /// # Errors
    ///
    /// 422 when they differ or neither names one.
    pub fn or(self, query: ProductInQuery) -> Result<ProductId, Problem> {
        let fault = |code, detail: &'static str| Err(Problem::field("product_id", code, detail));
        match (query.product_id, self.product_id) {
            (Some(a), Some(b)) if a != b => {
                fault("duplicate_field", "query and body name two products")
            }
            (Some(id), _) | (None, Some(id)) if id > 0 => Ok(ProductId(id)),
            (None, None) => fault("missing_field", "`product_id` is missing"),
            _ => fault("out_of_range", "must be a positive integer"),
        }
    }
}
