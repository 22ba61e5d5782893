//! Accounts, sessions, e-mail proofs and addresses.

mod account;
mod address;
mod email;
mod session;

pub use account::{
    AccountError, AccountService, AdminAct, ChangePin, NewAccount, PasswordChange, Role, Status,
    User, UserFilter,
};
pub use address::{
    Address, AddressBook, AddressError, AddressService, AddressSnapshot, NewAddress,
};
pub use email::{EmailError, EmailService, ProofRequest};
pub use session::{
    AccessToken, AuthError, Caller, LogIn, LoggedIn, SessionError, SessionService, TokenPair,
};
