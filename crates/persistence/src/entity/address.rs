//! A delivery address.

use sea_orm::entity::prelude::*;
use stampede_kernel::{AddressId, Timestamp, UserId};

/// A delivery address.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "address")]
pub struct Model {
    /// The primary key, assigned by the database.
    #[sea_orm(primary_key)]
    pub id: AddressId,
    /// The user.
    pub user_id: UserId,
    /// The recipient's name.
    pub name: String,
    /// The recipient's phone number.
    pub phone: String,
    /// The postal address.
    pub address: String,
    /// The postcode.
    pub postcode: Option<String>,
    /// The code of the country (ISO 3166-1); null is the shop's.
    pub country: Option<String>,
    /// Whether it is used when an order names no address.
    pub is_default: bool,
    /// When it was added.
    pub created_at: Timestamp,
    /// When it was deleted; the row is kept for old orders.
    pub deleted_at: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}
