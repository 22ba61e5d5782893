//! Accounts, sessions, e-mail proofs and addresses.

mod account;
mod address;
mod attempt_limiter;
mod audit;
pub mod codes;
mod email;
mod hash_queue;
mod hashing;
mod rule;
mod session;
mod settings;
mod signer;
pub mod stats;
mod sweep;
mod users;

pub use account::{
    AccountError, AccountService, AdminAction, Avatars, ChangePin, DbAccounts, NewAccount,
    PasswordChange, Role, Status, User, UserFilter,
};
pub use address::{
    Address, AddressBook, AddressError, AddressService, AddressSnapshot, DbAddresses, NewAddress,
};
pub use audit::{AUDIT, audit};
pub use codes::ERROR_CODES;
pub use email::{
    DbEmails, EmailError, EmailService, ProofMail, ProofMails, ProofMessage, ProofRequest, Purpose,
};
pub use session::{
    AUDIENCE, AccessToken, AccessTokens, AuthError, Caller, DbSessions, ISSUER, LogIn, LoggedIn,
    Revocations, SessionError, SessionService, TokenPair,
};
pub use settings::AuthSettings;
pub use sweep::sweep;
pub use users::Users;
