//! A user's favourite.

use sea_orm::entity::prelude::*;
use stampede_kernel::{FavoriteId, ProductId, Timestamp, UserId};

/// A user's favourite.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "favorite")]
pub struct Model {
    /// The primary key, assigned by the database.
    #[sea_orm(primary_key)]
    pub id: FavoriteId,
    /// The user.
    pub user_id: UserId,
    /// The product.
    pub product_id: ProductId,
    /// When it was added.
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
