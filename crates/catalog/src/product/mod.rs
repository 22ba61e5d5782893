//! Products, their SKUs and their pictures; the lists customers browse.

mod admin_list;
pub(crate) mod change;
mod create;
mod error;
mod keyset;
mod list;
mod model;
mod pictures;
mod products;
mod query;
pub(crate) mod rules;
mod sale_watch;
mod service;
pub(crate) mod store;
mod views;

pub use admin_list::AdminProductQuery;
pub use error::ProductError;
pub use model::{NewProduct, NewSku, Product, ProductChange, ProductDetail, Sku, SkuChange};
pub use products::DbProducts;
pub use query::{Facets, PageStart, PriceFacet, ProductList, ProductQuery, Sort};
pub(crate) use rules::MAX_UNITS;
pub use sale_watch::SaleWatch;
pub use service::{ProductService, Viewer};
