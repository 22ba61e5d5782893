//! Pictures: decoded under limits, re-encoded, stored in three sizes by content.

mod decode;
mod encode;
mod error;
mod folder;
mod model;
mod queue;
mod service;
mod store;

pub use error::MediaError;
pub use model::{Format, Image, MediaLimits, Variant, VariantPath};
pub use service::{MediaStore, StoredFile};
