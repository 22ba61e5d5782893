//! Favourites of users.

mod favorites;
mod service;
mod store;

pub use favorites::DbFavorites;
pub use service::{Favorite, FavoriteError, FavoriteService};
