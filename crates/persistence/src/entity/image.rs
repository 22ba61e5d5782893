//! A stored picture.

use sea_orm::entity::prelude::*;
use stampede_kernel::{ImageId, Timestamp};

/// A stored picture.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "image")]
pub struct Model {
    /// The primary key, assigned by the database.
    #[sea_orm(primary_key)]
    pub id: ImageId,
    /// SHA-256 of the large variant, hexadecimal; it addresses the files.
    pub hash: String,
    /// File extension of the variants: `jpg` or `webp`.
    pub format: String,
    /// Of the large variant, in pixels.
    pub width: i32,
    /// Of the large variant, in pixels.
    pub height: i32,
    /// When it was first stored.
    pub created_at: Timestamp,
    /// When the sweep found that no row refers to the picture; null while one may. The
    /// maximum marks a picture that an order refers to, which stays for ever.
    pub unshown_since: Option<Timestamp>,
    /// Whether it may have been a product picture, so that order lines may refer to it.
    pub goods: bool,
}

impl ActiveModelBehavior for ActiveModel {}
