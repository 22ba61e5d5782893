//! A slide of the carousel.

use sea_orm::entity::prelude::*;
use stampede_kernel::{CarouselId, ImageId, ProductId, Timestamp};

/// A slide of the carousel.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "carousel")]
pub struct Model {
    /// The primary key, assigned by the database.
    #[sea_orm(primary_key)]
    pub id: CarouselId,
    /// The product that it links to.
    pub product_id: Option<ProductId>,
    /// The text in the shop's language.
    pub title: String,
    /// JSON: language code to texts.
    #[sea_orm(column_type = "Text", nullable)]
    pub translations: Option<String>,
    /// Its picture.
    pub image_id: ImageId,
    /// When it was added.
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
