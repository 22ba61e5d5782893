//! The units of a sale: its one hot row.

use sea_orm::entity::prelude::*;
use stampede_kernel::{SaleId, Timestamp};

/// The units of a sale: its one hot row, updated last in every transaction.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sale_stock")]
pub struct Model {
    /// Which sale.
    #[sea_orm(primary_key, auto_increment = false)]
    pub sale_id: SaleId,
    /// Units that the sale was given and has not returned.
    pub total: i64,
    /// Units of tickets that have their order.
    pub taken: i64,
    /// The fencing epoch: nothing commits under an older one.
    pub epoch: i64,
    /// When it ended for good; its units went back to the SKU then.
    pub closed_at: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}
