//! A user's payment PIN.

use sea_orm::entity::prelude::*;
use stampede_kernel::{Timestamp, UserId};

/// A user's payment PIN.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "pin")]
pub struct Model {
    /// The user.
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: UserId,
    /// HMAC over user id and PIN, base64.
    pub mac: String,
    /// When it was last set.
    pub updated_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
