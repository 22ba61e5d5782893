//! A thing in the catalogue.

use sea_orm::entity::prelude::*;
use stampede_kernel::{CategoryId, Money, ProductId, Timestamp};

/// A thing in the catalogue.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "product")]
pub struct Model {
    /// Counted by the database.
    #[sea_orm(primary_key)]
    pub id: ProductId,
    /// Where it stands.
    pub category_id: CategoryId,
    /// In the shop's language.
    pub name: String,
    /// One line.
    pub title: String,
    /// The description.
    #[sea_orm(column_type = "Text")]
    pub info: String,
    /// JSON: language code to texts.
    #[sea_orm(column_type = "Text", nullable)]
    pub translations: Option<String>,
    /// Shown to customers.
    pub on_sale: bool,
    /// What a buyer pays for the first SKU.
    pub pay_price: Money,
    /// How often it was looked at.
    pub view: i64,
    /// Added.
    pub created_at: Timestamp,
    /// Last change but views and stock.
    pub updated_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
