//! A product.

use sea_orm::entity::prelude::*;
use stampede_kernel::{CategoryId, Money, ProductId, Timestamp};

/// A product.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "product")]
pub struct Model {
    /// The primary key, assigned by the database.
    #[sea_orm(primary_key)]
    pub id: ProductId,
    /// The category.
    pub category_id: CategoryId,
    /// The text in the shop's language.
    pub name: String,
    /// The title, one line.
    pub title: String,
    /// The description.
    #[sea_orm(column_type = "Text")]
    pub info: String,
    /// JSON: language code to texts.
    #[sea_orm(column_type = "Text", nullable)]
    pub translations: Option<String>,
    /// Whether customers see it.
    pub on_sale: bool,
    /// The price that a buyer pays for the first SKU.
    pub pay_price: Money,
    /// Number of views.
    pub view: i64,
    /// When it was added.
    pub created_at: Timestamp,
    /// Last change, apart from views and stock.
    pub updated_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
