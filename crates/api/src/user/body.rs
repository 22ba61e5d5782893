//! A user as JSON.

use serde::{Deserialize, Serialize};
use stampede_user::{Role, Status, User};
use utoipa::ToSchema;

use crate::ImageBody;

/// A user account.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = User)]
pub struct UserBody {
    /// Id of the user.
    id: i64,
    /// User name, as it was registered.
    user_name: String,
    /// Display name.
    nick_name: String,
    /// E-mail address; null when there is none.
    email: Option<String>,
    /// True when the user has proven that the address is theirs.
    email_verified: bool,
    /// The user's picture; null when there is none.
    avatar: Option<ImageBody>,
    /// Role of the user.
    role: RoleName,
    /// Status of the account.
    status: StatusName,
    /// Time of registration: RFC 3339, UTC.
    created_at: String,
}

/// Role of a user: `customer`, or `admin` with access to the admin routes.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = Role)]
pub(super) enum RoleName {
    Customer,
    Admin,
}

/// Status of an account: `active`, or `banned` and unable to log in.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = Status)]
enum StatusName {
    Active,
    Banned,
}

impl From<Role> for RoleName {
    fn from(role: Role) -> Self {
        match role {
            Role::Customer => Self::Customer,
            Role::Admin => Self::Admin,
        }
    }
}

impl From<RoleName> for Role {
    fn from(name: RoleName) -> Self {
        match name {
            RoleName::Customer => Self::Customer,
            RoleName::Admin => Self::Admin,
        }
    }
}

impl From<Status> for StatusName {
    fn from(status: Status) -> Self {
        match status {
            Status::Active => Self::Active,
            Status::Banned => Self::Banned,
        }
    }
}

impl From<User> for UserBody {
    fn from(user: User) -> Self {
        Self {
            id: user.id.0,
            user_name: user.user_name,
            nick_name: user.nick_name,
            email: user.email,
            email_verified: user.email_verified,
            avatar: user.avatar.map(ImageBody::from),
            role: user.role.into(),
            status: user.status.into(),
            created_at: user.created_at.to_rfc3339(),
        }
    }
}
