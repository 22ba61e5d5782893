//! Wires the user services together.

use std::sync::Arc;

use sea_orm::DbErr;
use stampede_kernel::Clock;
use stampede_payment::Wallet;
use stampede_persistence::Database;

use crate::AuthSettings;
use crate::account::DbAccounts;
use crate::address::DbAddresses;
use crate::attempt_limiter::{AttemptLimiter, Limits};
use crate::email::{DbEmails, Mailboxes, ProofMails, proof_signer};
use crate::hashing::Passwords;
use crate::session::{AccessTokens, DbSessions, Revocations};

/// The dependencies that the user services share.
pub(crate) struct UserContext {
    pub(crate) db: Database,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) wallet: Arc<dyn Wallet>,
    pub(crate) settings: AuthSettings,
    pub(crate) passwords: Passwords,
    pub(crate) attempts: AttemptLimiter,
    pub(crate) mailboxes: Mailboxes,
    pub(crate) revocations: Arc<Revocations>,
}

/// The services of one process.
#[derive(Debug, Clone)]
pub struct Users {
    /// Accounts.
    pub accounts: Arc<DbAccounts>,
    /// Sessions.
    pub sessions: Arc<DbSessions>,
    /// E-mail proofs.
    pub emails: Arc<DbEmails>,
    /// Addresses.
    pub addresses: Arc<DbAddresses>,
    /// Signs and checks access tokens.
    pub tokens: Arc<AccessTokens>,
    /// Revocations; the caller must spawn [`Revocations::run`].
    pub revocations: Arc<Revocations>,
    /// Contents of proof mails, for the mail worker.
    pub proof_mails: ProofMails,
}

impl Users {
    /// Builds the services on `db` and reads the revocations in force.
    ///
    /// # Errors
    ///
    /// When the revocations cannot be read, without which no token can be verified.
    pub async fn open(
        db: Database,
        clock: Arc<dyn Clock>,
        wallet: Arc<dyn Wallet>,
        settings: AuthSettings,
    ) -> Result<Self, DbErr> {
        let revocations =
            Revocations::open(db.clone(), Arc::clone(&clock), settings.access_ttl).await?;
        let revocations = Arc::new(revocations);
        let tokens = AccessTokens::new(&settings, Arc::clone(&clock), Arc::clone(&revocations));
        let tokens = Arc::new(tokens);
        let proof_mails = ProofMails::new(
            db.clone(),
            Arc::clone(&clock),
            proof_signer(&settings.pepper),
        );
        let addresses = DbAddresses::new(db.clone(), Arc::clone(&clock), settings.country);
        let context = Arc::new(UserContext {
            passwords: Passwords::new(settings.pepper.clone(), settings.bcrypt_cost),
            attempts: AttemptLimiter::new(limits(&settings)),
            mailboxes: Mailboxes::default(),
            revocations: Arc::clone(&revocations),
            db,
            clock,
            wallet,
            settings,
        });
        Ok(Self {
            accounts: Arc::new(DbAccounts::new(Arc::clone(&context))),
            sessions: Arc::new(DbSessions::new(Arc::clone(&context), Arc::clone(&tokens))),
            emails: Arc::new(DbEmails::new(context)),
            addresses: Arc::new(addresses),
            tokens,
            revocations,
            proof_mails,
        })
    }
}

fn limits(settings: &AuthSettings) -> Limits {
    Limits {
        pair: settings.failures_per_pair,
        account: settings.failures_per_account,
        address: settings.failures_per_address,
    }
}
