//! One movement of stock; insert-only.

use sea_orm::entity::prelude::*;
use stampede_kernel::{SkuId, Timestamp, UserId};

/// One movement of stock; insert-only.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "stock_journal")]
pub struct Model {
    /// The primary key, assigned by the database.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// The SKU.
    pub sku_id: SkuId,
    /// Signed number of units.
    pub delta: i64,
    /// The reason.
    pub reason: String,
    /// The id of the cause, such as an order's.
    pub reference: Option<String>,
    /// The admin who made the movement.
    pub actor_id: Option<UserId>,
    /// When it happened.
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
