//! A user account.

use sea_orm::entity::prelude::*;
use stampede_kernel::{ImageId, Timestamp, UserId};

use serde::{Deserialize, Serialize};

/// What a user may do.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::N(16))",
    rename_all = "snake_case"
)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// A customer.
    Customer,
    /// An admin.
    Admin,
}

/// Whether a user may log in.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::N(16))",
    rename_all = "snake_case"
)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// The user may log in.
    Active,
    /// The user is banned; every token is revoked.
    Banned,
}

/// A user account.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "user")]
pub struct Model {
    /// The primary key, assigned by the database.
    #[sea_orm(primary_key)]
    pub id: UserId,
    /// As the user spelled it.
    pub user_name: String,
    /// After NFKC and case folding; unique.
    pub name_key: String,
    /// The displayed name.
    pub nick_name: String,
    /// bcrypt over an HMAC of the password.
    pub password_hash: String,
    /// The bound e-mail address, verified or not.
    pub email: Option<String>,
    /// The verified e-mail address in lower case; unique.
    pub verified_email: Option<String>,
    /// The picture.
    pub avatar_id: Option<ImageId>,
    /// What the user may do.
    pub role: Role,
    /// Whether the user may log in.
    pub status: Status,
    /// Two-letter code for mails.
    pub language: String,
    /// Whether it was created by `stampede rehearse`; lists and statistics leave it
    /// out.
    pub rehearsal: bool,
    /// When it was registered.
    pub created_at: Timestamp,
    /// Last change of the profile.
    pub updated_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
