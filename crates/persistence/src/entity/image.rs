//! A stored picture.

use sea_orm::entity::prelude::*;
use stampede_kernel::{ImageId, Timestamp};

/// A stored picture.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "image")]
pub struct Model {
    /// Counted by the database.
    #[sea_orm(primary_key)]
    pub id: ImageId,
    /// SHA-256 of the re-encoded large variant, hexadecimal: its address.
    pub hash: String,
    /// File extension of the variants: `jpg` or `webp`.
    pub format: String,
    /// Of the large variant, in pixels.
    pub width: i32,
    /// Of the large variant, in pixels.
    pub height: i32,
    /// First stored.
    pub created_at: Timestamp,
    /// When the sweep found that no row shows the picture; null while one may. The
    /// latest instant there is: an order shows it, so it stays for ever.
    pub unshown_since: Option<Timestamp>,
    /// Whether it may have been a product's, so that order lines may show it.
    pub goods: bool,
}

impl ActiveModelBehavior for ActiveModel {}
