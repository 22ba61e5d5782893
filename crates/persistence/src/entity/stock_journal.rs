//! One movement of stock; insert-only.

use sea_orm::entity::prelude::*;
use stampede_kernel::{SkuId, Timestamp, UserId};

/// One movement of stock; insert-only.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "stock_journal")]
pub struct Model {
    /// Counted by the database.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Of which SKU.
    pub sku_id: SkuId,
    /// Units, signed.
    pub delta: i64,
    /// Why.
    pub reason: String,
    /// What caused it, such as an order id.
    pub reference: Option<String>,
    /// The admin who did it.
    pub actor_id: Option<UserId>,
    /// When.
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
