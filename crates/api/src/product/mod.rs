//! Products, lists of products, and SKUs.

mod body;
mod list_query;

pub use body::{ProductBody, ProductListBody, ProductSummary, SkuBody, SuggestionsBody};
pub use list_query::ListQuery;
