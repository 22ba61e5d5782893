//! The uses of a promotion: its one hot row.

use sea_orm::entity::prelude::*;
use stampede_kernel::PromotionId;

/// The uses of a promotion: its one hot row, updated last in every transaction.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "promotion_stock")]
pub struct Model {
    /// The promotion.
    #[sea_orm(primary_key, auto_increment = false)]
    pub promotion_id: PromotionId,
    /// Orders that use it and were not given up unpaid.
    pub used: i64,
    /// The largest number of them; null for any.
    pub usage_limit: Option<i64>,
    /// Counts the changes of the terms: nothing is redeemed under older ones.
    pub version: i64,
}

impl ActiveModelBehavior for ActiveModel {}
