//! The terms of a promotion.

use sea_orm::entity::prelude::*;
use stampede_kernel::{Money, PromotionId, Timestamp};

/// The terms of a promotion.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "promotion")]
pub struct Model {
    /// The primary key, assigned by the database.
    #[sea_orm(primary_key)]
    pub id: PromotionId,
    /// The name for customers.
    pub name: String,
    /// The code; null applies by itself.
    pub code: Option<String>,
    /// The code after NFKC and case folding, unique.
    pub code_key: Option<String>,
    /// `percent`, `amount`, `free_shipping` or `buy_x_get_y`.
    pub kind: String,
    /// Basis points or minor units, as `kind` says.
    pub value: i64,
    /// Units to pay of a bundle.
    pub buy_units: Option<i32>,
    /// Units for nothing of a bundle.
    pub get_units: Option<i32>,
    /// What the cart must be worth before discounts.
    pub min_items: Money,
    /// JSON array of categories; null for all.
    #[sea_orm(column_type = "Text", nullable)]
    pub category_ids: Option<String>,
    /// JSON array of products; null for all.
    #[sea_orm(column_type = "Text", nullable)]
    pub product_ids: Option<String>,
    /// Since when it applies.
    pub starts_at: Option<Timestamp>,
    /// The first instant after it.
    pub ends_at: Option<Timestamp>,
    /// The largest number of orders of one buyer that use it.
    pub per_user_limit: Option<i64>,
    /// Whether it applies beside other combinable ones.
    pub combinable: bool,
    /// Whether it applies at all.
    pub enabled: bool,
    /// When it was added.
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
