//! A node of the category tree.

use sea_orm::entity::prelude::*;
use stampede_kernel::{CategoryId, ImageId, Timestamp};

/// A node of the category tree.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "category")]
pub struct Model {
    /// Counted by the database.
    #[sea_orm(primary_key)]
    pub id: CategoryId,
    /// Above it.
    pub parent_id: Option<CategoryId>,
    /// In the shop's language.
    pub name: String,
    /// JSON: language code to texts.
    #[sea_orm(column_type = "Text", nullable)]
    pub translations: Option<String>,
    /// Its picture.
    pub image_id: Option<ImageId>,
    /// Added.
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
