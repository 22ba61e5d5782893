//! Pictures: decoded under limits, re-encoded, stored in three sizes by content.

mod error;
mod model;

pub use error::MediaError;
pub use model::{Image, Variant};
