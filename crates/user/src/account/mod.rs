//! User accounts and admin actions on them.

mod admin;
mod avatars;
mod bulk;
mod error;
mod model;
pub(crate) mod name;
pub(crate) mod password;
mod rehearsal_users;
mod service;
pub(crate) mod store;

pub use avatars::Avatars;
pub use error::AccountError;
pub use model::{AdminAction, ChangePin, NewAccount, PasswordChange, User, UserFilter};
pub use service::{AccountService, DbAccounts};
pub use stampede_persistence::entity::user::{Role, Status};
