//! A node of the category tree.

use sea_orm::entity::prelude::*;
use stampede_kernel::{CategoryId, ImageId, Timestamp};

/// A node of the category tree.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "category")]
pub struct Model {
    /// The primary key, assigned by the database.
    #[sea_orm(primary_key)]
    pub id: CategoryId,
    /// The parent category.
    pub parent_id: Option<CategoryId>,
    /// The text in the shop's language.
    pub name: String,
    /// JSON: language code to texts.
    #[sea_orm(column_type = "Text", nullable)]
    pub translations: Option<String>,
    /// Its picture.
    pub image_id: Option<ImageId>,
    /// When it was added.
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
