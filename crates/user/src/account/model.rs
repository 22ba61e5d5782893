//! Accounts as the rest of the shop sees them.

use std::net::IpAddr;

use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use stampede_kernel::{Cursor, Language, PageSize, SessionId, Timestamp, UserId};
use stampede_media::Image;
use stampede_persistence::entity::user::{Role, Status};

/// Someone with an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct User {
    /// Their id.
    pub id: UserId,
    /// The name they log in with, as they spelled it.
    pub user_name: String,
    /// What others see.
    pub nick_name: String,
    /// The bound address, proven or not.
    pub email: Option<String>,
    /// Whether the address is proven.
    pub email_verified: bool,
    /// Their picture.
    pub avatar: Option<Image>,
    /// What they may do.
    pub role: Role,
    /// Whether they may log in.
    pub status: Status,
    /// When they registered.
    pub created_at: Timestamp,
}

/// What a registration asks for; the rules of each field are checked by the service.
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
    /// Kept unproven; a proof is sent to it.
    pub email: Option<String>,
    /// The language of mails.
    pub language: Language,
    /// The client's address; `None` from the command line.
    pub address: Option<IpAddr>,
}

/// A change of password by someone who knows the old one.
#[derive(Debug)]
pub struct PasswordChange {
    /// Whose.
    pub user: UserId,
    /// The session that asks; it survives, every other ends.
    pub session: SessionId,
    /// Where from, for the limiter.
    pub address: IpAddr,
    /// The present password.
    pub old: SecretString,
    /// The new one.
    pub new: SecretString,
}

/// A change of payment PIN by someone who knows the password.
#[derive(Debug)]
pub struct ChangePin {
    /// Whose.
    pub user: UserId,
    /// Where from, for the limiter.
    pub address: IpAddr,
    /// The password.
    pub password: SecretString,
    /// The new PIN.
    pub pin: SecretString,
}

/// What an admin does to an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AdminAction {
    /// Every session ends and every token dies within 5 s; log-in is refused.
    Ban {
        /// For the audit log.
        reason: Option<String>,
    },
    /// Log-in works again.
    Unban,
    /// Takes effect on live tokens within 5 s.
    SetRole(Role),
}

/// A page of the admin's list of users.
#[derive(Debug, Clone, Default)]
pub struct UserFilter {
    /// Part of the user name, nick name or e-mail; taken literally.
    pub q: Option<String>,
    /// How many.
    pub size: PageSize,
    /// From where.
    pub cursor: Option<Cursor>,
}
