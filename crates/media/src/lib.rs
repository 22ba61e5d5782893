//! Pictures: decoded under limits, re-encoded, stored in three sizes by content.

mod audit;
pub mod codes;
mod decode;
mod encode;
mod error;
mod folder;
mod model;
mod profile;
mod queue;
mod references;
mod service;
mod store;

pub use audit::audit;
pub use codes::ERROR_CODES;
pub use error::MediaError;
pub use model::{Format, Image, MediaLimits, Variant, VariantPath};
pub use references::{ImageReferences, lock_images};
pub use service::{MediaStore, StoredFile};
