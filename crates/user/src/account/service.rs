//! What the gateway may ask of accounts.

use async_trait::async_trait;
use secrecy::SecretString;
use stampede_kernel::{ImageId, Page, UserId};

use super::{AccountError, AdminAct, ChangePin, NewAccount, PasswordChange, User, UserFilter};

/// Accounts, their profile, and what an admin may do to them.
#[async_trait]
pub trait AccountService: Send + Sync {
    /// Writes user, PIN, wallet and opening transfer in one transaction.
    async fn register(&self, account: NewAccount) -> Result<User, AccountError>;

    /// Makes an admin, from the command line.
    async fn create_admin(
        &self,
        user_name: &str,
        password: SecretString,
    ) -> Result<User, AccountError>;

    /// The user.
    async fn user(&self, id: UserId) -> Result<User, AccountError>;

    /// Changes the nick name: at most 64 characters, no control characters.
    async fn rename(&self, id: UserId, nick_name: &str) -> Result<User, AccountError>;

    /// Sets the picture.
    async fn set_avatar(&self, id: UserId, image: ImageId) -> Result<User, AccountError>;

    /// Changes the password and ends every other session.
    async fn change_password(&self, change: PasswordChange) -> Result<(), AccountError>;

    /// Changes the payment PIN.
    async fn change_pin(&self, change: ChangePin) -> Result<(), AccountError>;

    /// The admin's list, newest first.
    async fn users(&self, filter: UserFilter) -> Result<Page<User>, AccountError>;

    /// Does `act` to `target` and writes it into the audit log.
    async fn administer(
        &self,
        admin: UserId,
        target: UserId,
        act: AdminAct,
    ) -> Result<User, AccountError>;
}
