//! News for every process.

use sea_orm::entity::prelude::*;
use stampede_kernel::Timestamp;

/// News for every process.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "feed")]
pub struct Model {
    /// Counted by the database; becomes visible out of order.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// What it is about.
    pub topic: String,
    /// The id of the row to read again.
    pub key: String,
    /// When its cause was written.
    pub at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
