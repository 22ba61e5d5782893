//! A cache of products for the responses about flash sales.
//!
//! It never holds the units left of a sale: those are read from the gate.

use std::sync::Arc;
use std::time::Duration;

use moka::future::Cache;
use stampede_catalog::{Product, ProductService, Viewer};
use stampede_http::problem::Problem;
use stampede_kernel::ProductId;

use super::Subject;
use super::versions::Versions;

/// Most products in the cache: more than there are visible sales.
const CAPACITY: u64 = 256;
/// Time to live, a safety net: [`Versions`] invalidates changed products.
const LIVES: Duration = Duration::from_mins(1);

/// Products by id and version. Cheap to clone.
#[derive(Clone)]
pub(crate) struct ProductCache {
    cache: Cache<(ProductId, u64), Arc<Product>>,
    versions: Arc<Versions>,
    products: Arc<dyn ProductService>,
}

impl ProductCache {
    /// An empty cache in front of `products`, invalidated by `versions`.
    pub(crate) fn new(versions: Arc<Versions>, products: Arc<dyn ProductService>) -> Self {
        let cache = Cache::builder()
            .max_capacity(CAPACITY)
            .time_to_live(LIVES)
            .build();
        Self {
            cache,
            versions,
            products,
        }
    }

    /// The product, on sale or not; concurrent requests share one load.
    pub(crate) async fn get(&self, id: ProductId) -> Result<Arc<Product>, Problem> {
        let version = self.versions.of(&Subject::Product(id));
        let read = async {
            let detail = self.products.product(id, Viewer::Admin).await?;
            Ok::<_, Problem>(Arc::new(detail.product))
        };
        let product = self.cache.try_get_with((id, version), read).await;
        product.map_err(|problem| problem.anew())
    }
}
