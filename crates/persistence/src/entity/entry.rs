//! One side of a transfer; insert-only.

use sea_orm::entity::prelude::*;
use stampede_kernel::{Money, Timestamp, TransferId};

/// One side of a transfer; insert-only.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "entry")]
pub struct Model {
    /// The primary key, assigned by the database.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// The transfer.
    pub transfer_id: TransferId,
    /// A user's id, or a negative number for a system account.
    pub account_id: i64,
    /// The signed amount that the account gained.
    pub amount: Money,
    /// The account's balance after it; null for system accounts.
    pub balance_after: Option<Money>,
    /// When it happened.
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
