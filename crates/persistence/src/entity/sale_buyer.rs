//! The number of units of a sale that a user holds.

use sea_orm::entity::prelude::*;
use stampede_kernel::{SaleId, UserId};

/// The number of units of a sale that a user holds.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sale_buyer")]
pub struct Model {
    /// The sale.
    #[sea_orm(primary_key, auto_increment = false)]
    pub sale_id: SaleId,
    /// The user.
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: UserId,
    /// Units in orders that hold them.
    pub units: i64,
}

impl ActiveModelBehavior for ActiveModel {}
