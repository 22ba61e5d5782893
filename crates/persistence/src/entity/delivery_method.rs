//! A way of delivery, with its price.

use sea_orm::entity::prelude::*;
use stampede_kernel::{DeliveryMethodId, Money, Timestamp};

/// A way of delivery, with its price.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "delivery_method")]
pub struct Model {
    /// The primary key, assigned by the database; the smaller one is offered first.
    #[sea_orm(primary_key)]
    pub id: DeliveryMethodId,
    /// The name for customers.
    pub name: String,
    /// What it costs.
    pub price: Money,
    /// What the lines must cost after discounts for it to cost nothing; null for never.
    pub free_from: Option<Money>,
    /// JSON array of the countries that it serves; null for all.
    #[sea_orm(column_type = "Text", nullable)]
    pub countries: Option<String>,
    /// Whether it is offered.
    pub enabled: bool,
    /// When it was added.
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
