//! An e-mail proof. Its token is not stored.

use sea_orm::entity::prelude::*;
use stampede_kernel::{ProofId, Timestamp, UserId};

use serde::{Deserialize, Serialize};

/// The purpose of an e-mail proof.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::N(16))",
    rename_all = "snake_case"
)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// To bind an address.
    Bind,
    /// To unbind it.
    Unbind,
    /// To change the password.
    Password,
    /// To set a forgotten password anew.
    Reset,
}

/// An e-mail proof. Its token is not stored.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "email_proof")]
pub struct Model {
    /// Made before the insert.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ProofId,
    /// The user who requested it.
    pub user_id: UserId,
    /// The purpose.
    pub purpose: Purpose,
    /// The recipient's address.
    pub email: String,
    /// The new password hash, for a change of password.
    pub password_hash: Option<String>,
    /// When it was requested.
    pub created_at: Timestamp,
    /// When it expires.
    pub expires_at: Timestamp,
    /// When it was used or superseded by a newer one.
    pub spent_at: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}
