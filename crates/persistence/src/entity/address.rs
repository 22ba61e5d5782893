//! A delivery address.

use sea_orm::entity::prelude::*;
use stampede_kernel::{AddressId, Timestamp, UserId};

/// A delivery address.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "address")]
pub struct Model {
    /// Counted by the database.
    #[sea_orm(primary_key)]
    pub id: AddressId,
    /// Whose.
    pub user_id: UserId,
    /// Of the recipient.
    pub name: String,
    /// Of the recipient.
    pub phone: String,
    /// Where.
    pub address: String,
    /// Taken when an order names none.
    pub is_default: bool,
    /// Added.
    pub created_at: Timestamp,
    /// Gone from the list; kept for old orders.
    pub deleted_at: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}
