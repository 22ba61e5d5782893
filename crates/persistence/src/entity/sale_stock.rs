//! The stock of a sale: its one hot row.

use sea_orm::entity::prelude::*;
use stampede_kernel::{SaleId, Timestamp};

/// The stock of a sale: its one hot row, updated last in every transaction.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sale_stock")]
pub struct Model {
    /// The sale.
    #[sea_orm(primary_key, auto_increment = false)]
    pub sale_id: SaleId,
    /// Units that were assigned to the sale and not returned.
    pub total: i64,
    /// Units of tickets that have their order.
    pub taken: i64,
    /// The fencing epoch: nothing commits under an older one.
    pub epoch: i64,
    /// When the sale was closed; its unsold units returned to the SKU then.
    pub closed_at: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}
