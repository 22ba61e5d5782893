//! Products, their SKUs and their pictures; the lists customers browse.

mod error;
mod model;
mod query;
mod service;

pub use error::ProductError;
pub use model::{NewProduct, NewSku, Product, ProductChange, ProductDetail, Sku, SkuChange};
pub use query::{Facets, PriceFacet, ProductList, ProductQuery, Sort, Where};
pub use service::{ProductService, Viewer};
