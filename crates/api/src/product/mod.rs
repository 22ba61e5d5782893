//! Products: lists and searches of them, their administration, and the stock of their SKUs.

mod body;
mod change;
mod create;
mod list_query;
mod search;
mod sheet;
mod stock;

pub(crate) use body::ProductSummary;
pub use body::{ProductBody, ProductListBody, SkuBody, SuggestionsBody};
pub use change::ChangeProduct;
pub use create::ProductForm;
pub use list_query::ListQuery;
pub use search::{AdminProductsQuery, ListParams, SearchProducts, SuggestQuery};
pub use sheet::{ExportQuery, ImportForm, ReportBody};
pub use stock::{MoveStock, MovementBody};
