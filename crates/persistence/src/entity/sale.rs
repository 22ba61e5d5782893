//! A flash sale of one SKU.

use sea_orm::entity::prelude::*;
use stampede_kernel::{Money, SaleId, SkuId, Timestamp};

/// The state that an admin has set; the window of the sale decides the rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::N(16))",
    rename_all = "snake_case"
)]
pub enum SaleState {
    /// Sells within its window.
    Open,
    /// Paused: sells nothing at present.
    Paused,
    /// Cancelled for good.
    Cancelled,
}

/// A flash sale of one SKU.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sale")]
pub struct Model {
    /// The primary key, assigned by the database.
    #[sea_orm(primary_key)]
    pub id: SaleId,
    /// The SKU that is sold.
    pub sku_id: SkuId,
    /// The title.
    pub title: String,
    /// The unit price in the sale.
    pub price: Money,
    /// Maximum number of units that one user may hold.
    pub per_user_limit: i64,
    /// When it starts, inclusive.
    pub starts_at: Timestamp,
    /// When it ends, exclusive.
    pub ends_at: Timestamp,
    /// The state that an admin has set.
    pub state: SaleState,
    /// The version of the terms; rises with every edit.
    pub config_version: i64,
    /// Whether it belongs to `stampede rehearse`; statistics leave it out.
    pub rehearsal: bool,
    /// When it was created.
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
