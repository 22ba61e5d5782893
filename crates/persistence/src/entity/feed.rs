//! A row of the change feed.

use sea_orm::entity::prelude::*;
use stampede_kernel::Timestamp;

/// A row of the change feed.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "feed")]
pub struct Model {
    /// Counted by the database; becomes visible out of order.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// The topic.
    pub topic: String,
    /// The id of the changed row.
    pub key: String,
    /// When the change was made.
    pub at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
