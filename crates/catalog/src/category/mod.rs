//! The category tree.

mod categories;
mod model;
mod service;
pub(crate) mod store;
mod tree;

pub use categories::DbCategories;
pub use model::{Category, CategoryChange, CategoryError, NewCategory};
pub use service::CategoryService;
pub use store::categories_below;
pub(crate) use tree::CategoryTree;
