//! A flash sale of one SKU.

use sea_orm::entity::prelude::*;
use stampede_kernel::{Money, SaleId, SkuId, Timestamp};

/// What an admin has made of a sale; its window says the rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::N(16))",
    rename_all = "snake_case"
)]
pub enum SaleState {
    /// Sells within its window.
    Open,
    /// Sells nothing for the time being.
    Paused,
    /// Will never sell anything any more.
    Cancelled,
}

/// A flash sale of one SKU.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sale")]
pub struct Model {
    /// Counted by the database.
    #[sea_orm(primary_key)]
    pub id: SaleId,
    /// What is sold.
    pub sku_id: SkuId,
    /// What the sale is called.
    pub title: String,
    /// Of one unit, in the sale.
    pub price: Money,
    /// Units that one user may have at a time.
    pub per_user_limit: i64,
    /// The first instant.
    pub starts_at: Timestamp,
    /// The first instant after it.
    pub ends_at: Timestamp,
    /// What an admin has made of it.
    pub state: SaleState,
    /// Rises with every edit.
    pub config_version: i64,
    /// Whether it was played by `stampede rehearse`; statistics leave it out.
    pub rehearsal: bool,
    /// When it was made.
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
