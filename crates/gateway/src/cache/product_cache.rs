//! The products that sales are of: read once, until they change. What is left of
//! a sale is never kept here; that is asked of its gate.

use std::sync::Arc;
use std::time::Duration;

use moka::future::Cache;
use stampede_catalog::{Product, ProductService, Viewer};
use stampede_http::problem::Problem;
use stampede_kernel::ProductId;

use super::Subject;
use super::versions::Versions;

/// More than there are sales to be seen.
const CAPACITY: u64 = 256;
/// The rest is told by the news; this is a net.
const LIVES: Duration = Duration::from_mins(1);

/// Products by id and by how often they have changed. Cheap to clone.
#[derive(Clone)]
pub(crate) struct ProductCache {
    cache: Cache<(ProductId, u64), Arc<Product>>,
    versions: Arc<Versions>,
    products: Arc<dyn ProductService>,
}

impl ProductCache {
    /// Reads from `products`, anew when `generations` says so.
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

    /// The product, which may be off sale otherwise; read by the first of all who
    /// wait for it.
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
