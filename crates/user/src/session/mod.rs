//! Log-in, refresh and log-out; access tokens and their revocation.

mod access;
pub(crate) mod ending;
mod error;
mod hs256;
mod model;
mod refresh;
pub(crate) mod revocation;
mod service;
mod spent;
mod store;

pub use access::{AUDIENCE, AccessTokens, ISSUER};
pub use error::{AuthError, SessionError};
pub use model::{Caller, LogIn, LoggedIn, TokenPair};
pub use revocation::Revocations;
pub use service::{AccessToken, DbSessions, SessionService};
