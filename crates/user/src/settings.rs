//! Settings of authentication.

use std::time::Duration;

use secrecy::SecretString;
use stampede_kernel::Country;

/// Settings of accounts, sessions, e-mail proofs and addresses.
#[derive(Debug, Clone)]
pub struct AuthSettings {
    /// Signs access tokens; at least 256 random bits.
    pub jwt_secret: SecretString,
    /// Keys the HMACs of passwords, refresh tokens and e-mail tokens.
    pub pepper: SecretString,
    /// How long an access token lives; at most a day.
    pub access_ttl: Duration,
    /// How long a refresh token lives, counted anew at each refresh.
    pub refresh_ttl: Duration,
    /// For how long a spent refresh token may be spent again; zero for never.
    pub refresh_grace: Duration,
    /// bcrypt's cost: 4–31, each step doubles the time.
    pub bcrypt_cost: u32,
    /// Minimum length of a password in characters; never below 8.
    pub password_min_chars: usize,
    /// Failed log-ins in 15 min for one account from one address; each of these limits is at least 1.
    pub failures_per_pair: u32,
    /// Failed log-ins in 15 min for one account from anywhere.
    pub failures_per_account: u32,
    /// Failed log-ins in 15 min from one address.
    pub failures_per_address: u32,
    /// Where an address is that names no country.
    pub country: Country,
}

impl AuthSettings {
    /// Creates settings with these secrets and the values of `config/default.toml`.
    pub fn new(jwt_secret: SecretString, pepper: SecretString) -> Self {
        Self {
            jwt_secret,
            pepper,
            access_ttl: Duration::from_mins(15),
            refresh_ttl: Duration::from_hours(30 * 24),
            refresh_grace: Duration::from_secs(10),
            bcrypt_cost: 12,
            password_min_chars: 8,
            failures_per_pair: 10,
            failures_per_account: 100,
            failures_per_address: 50,
            country: Country::US,
        }
    }
}
