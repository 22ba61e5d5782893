//! A user's favourite.

use sea_orm::entity::prelude::*;
use stampede_kernel::{FavoriteId, ProductId, Timestamp, UserId};

/// A user's favourite.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "favorite")]
pub struct Model {
    /// Counted by the database.
    #[sea_orm(primary_key)]
    pub id: FavoriteId,
    /// Whose.
    pub user_id: UserId,
    /// Which product.
    pub product_id: ProductId,
    /// Added.
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
