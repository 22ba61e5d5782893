//! How many units a user has of a sale.

use sea_orm::entity::prelude::*;
use stampede_kernel::{SaleId, UserId};

/// How many units a user has of a sale.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sale_buyer")]
pub struct Model {
    /// Which sale.
    #[sea_orm(primary_key, auto_increment = false)]
    pub sale_id: SaleId,
    /// Whose.
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: UserId,
    /// Of orders that hold their units.
    pub units: i64,
}

impl ActiveModelBehavior for ActiveModel {}
