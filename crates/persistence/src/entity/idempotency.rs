//! An idempotency key with the stored answer of its command.

use sea_orm::entity::prelude::*;
use stampede_kernel::{Timestamp, UserId};

/// An idempotency key with the stored answer of its command.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "idempotency")]
pub struct Model {
    /// The caller.
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: UserId,
    /// Method and path with its ids.
    #[sea_orm(primary_key, auto_increment = false)]
    pub scope: String,
    /// The client's key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    /// SHA-256 of the decoded command, hexadecimal.
    pub fingerprint: String,
    /// JSON of the service's return value; null only inside its transaction.
    #[sea_orm(column_type = "Text", nullable)]
    pub answer: Option<String>,
    /// When the command ran.
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
