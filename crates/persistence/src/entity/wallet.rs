//! A user's stored balance.

use sea_orm::entity::prelude::*;
use stampede_kernel::{Money, Timestamp, UserId};

/// A user's stored balance.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "wallet")]
pub struct Model {
    /// The user.
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: UserId,
    /// The sum of the account's entries, never below 0.
    pub balance: Money,
    /// When it was opened.
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
