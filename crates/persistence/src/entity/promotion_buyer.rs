//! How often a user has used a promotion.

use sea_orm::entity::prelude::*;
use stampede_kernel::{PromotionId, UserId};

/// How often a user has used a promotion.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "promotion_buyer")]
pub struct Model {
    /// The promotion.
    #[sea_orm(primary_key, auto_increment = false)]
    pub promotion_id: PromotionId,
    /// The user.
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: UserId,
    /// Orders of the user that use it and were not given up unpaid.
    pub units: i64,
}

impl ActiveModelBehavior for ActiveModel {}
