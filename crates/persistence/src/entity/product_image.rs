//! A picture of a product.

use sea_orm::entity::prelude::*;
use stampede_kernel::{ImageId, ProductId};

/// A picture of a product.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "product_image")]
pub struct Model {
    /// The product.
    #[sea_orm(primary_key, auto_increment = false)]
    pub product_id: ProductId,
    /// The picture.
    #[sea_orm(primary_key, auto_increment = false)]
    pub image_id: ImageId,
    /// The position; the lowest is the cover.
    pub place: i32,
}

impl ActiveModelBehavior for ActiveModel {}
