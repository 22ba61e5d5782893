//! Log-in, refresh and log-out; access tokens and their revocation.

mod error;
mod model;
mod service;

pub use error::{AuthError, SessionError};
pub use model::{Caller, LogIn, LoggedIn, TokenPair};
pub use service::{AccessToken, SessionService};
