//! Who has an account, and what an admin may do to it.

mod error;
mod model;
mod service;

pub use error::AccountError;
pub use model::{AdminAct, ChangePin, NewAccount, PasswordChange, User, UserFilter};
pub use service::AccountService;
pub use stampede_persistence::entity::user::{Role, Status};
