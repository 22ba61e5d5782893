//! What a user likes.

mod service;

pub use service::{Favorite, FavoriteError, FavoriteService};
