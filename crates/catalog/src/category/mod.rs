//! The category tree.

mod model;
mod service;

pub use model::{Category, CategoryError, NewCategory};
pub use service::CategoryService;
