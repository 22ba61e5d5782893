//! A proof sent by e-mail. No token is stored.

use sea_orm::entity::prelude::*;
use stampede_kernel::{ProofId, Timestamp, UserId};

use serde::{Deserialize, Serialize};

/// What a proof is for.
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

/// A proof sent by e-mail. No token is stored.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "email_proof")]
pub struct Model {
    /// Made before the insert.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ProofId,
    /// Who asked.
    pub user_id: UserId,
    /// What for.
    pub purpose: Purpose,
    /// Where it goes.
    pub email: String,
    /// What a confirmed password change sets.
    pub password_hash: Option<String>,
    /// Asked.
    pub created_at: Timestamp,
    /// Worthless from then on.
    pub expires_at: Timestamp,
    /// Used, or superseded by a newer one.
    pub spent_at: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}
