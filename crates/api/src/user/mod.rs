//! Users: their accounts, proofs by e-mail, and administration.

mod account;
mod administration;
mod body;
mod email;

use body::RoleName;

pub use account::{Avatar, NewPassword, NewPin, Register, Rename};
pub use administration::{BanBody, RoleBody, UnbanBody, UsersQuery};
pub use body::UserBody;
pub use email::{ForgotBody, ResetBody, SendBody, TokenBody};
