//! Types of the account service.

use std::net::IpAddr;

use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use stampede_kernel::{Cursor, Language, PageSize, SessionId, Timestamp, UserId};
use stampede_media::Image;
use stampede_persistence::entity::user::{Role, Status};

/// A user account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct User {
    /// The user's id.
    pub id: UserId,
    /// The name for logging in, as the user spelled it.
    pub user_name: String,
    /// The displayed name.
    pub nick_name: String,
    /// The bound e-mail address, verified or not.
    pub email: Option<String>,
    /// Whether the address is verified.
    pub email_verified: bool,
    /// The user's picture.
    pub avatar: Option<Image>,
    /// The user's role.
    pub role: Role,
    /// Whether the user may log in.
    pub status: Status,
    /// When the user registered.
    pub created_at: Timestamp,
}

/// A registration; the service validates its fields.
#[derive(Debug)]
pub struct NewAccount {
    /// 3–32 letters, digits, `_.-` of any script.
    pub user_name: String,
    /// At least the configured minimum, at most 256 characters; all significant.
    pub password: SecretString,
    /// The payment PIN: 6–32 characters.
    pub pin: SecretString,
    /// At most 64 characters; the user name when absent.
    pub nick_name: Option<String>,
    /// Stored as unverified; a verification mail is sent to it.
    pub email: Option<String>,
    /// The language of e-mails.
    pub language: Language,
    /// The client's address; `None` from the command line.
    pub address: Option<IpAddr>,
}

/// A change of password, authorised by the old one.
#[derive(Debug)]
pub struct PasswordChange {
    /// The user.
    pub user: UserId,
    /// The session of the request; all other sessions end.
    pub session: SessionId,
    /// The client's address, for the limiter.
    pub address: IpAddr,
    /// The present password.
    pub old: SecretString,
    /// The new one.
    pub new: SecretString,
}

/// A change of payment PIN, authorised by the password.
#[derive(Debug)]
pub struct ChangePin {
    /// The user.
    pub user: UserId,
    /// The client's address, for the limiter.
    pub address: IpAddr,
    /// The password.
    pub password: SecretString,
    /// The new PIN.
    pub pin: SecretString,
}

/// An admin action on an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AdminAction {
    /// Bans the user: sessions end, tokens are revoked within 5 s, and log-in is
    /// refused.
    Ban {
        /// The reason, for the audit log.
        reason: Option<String>,
    },
    /// Lifts the ban.
    Unban,
    /// Sets the role; issued tokens are revoked within 5 s.
    SetRole(Role),
}

/// A page of the admin's list of users.
#[derive(Debug, Clone, Default)]
pub struct UserFilter {
    /// Part of the user name, nick name or e-mail; taken literally.
    pub q: Option<String>,
    /// The page size.
    pub size: PageSize,
    /// The cursor of the page.
    pub cursor: Option<Cursor>,
}
