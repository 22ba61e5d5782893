//! The e-mail proof service and its implementation on the database.

use std::net::IpAddr;
use std::sync::Arc;

use async_trait::async_trait;
use sea_orm::{ActiveValue::Set, DatabaseTransaction, DbErr, SqlErr};
use secrecy::SecretString;
use stampede_kernel::{ClientNetwork, Language, SessionId, Timestamp, UserId};
use stampede_persistence::entity::email_proof::{self, Purpose};
use stampede_persistence::entity::user::{self, Status};
use stampede_persistence::retrying;

use super::mailbox::Mailbox;
use super::store::{self, ProofInsert};
use super::{EmailError, token};
use crate::account::{User, password, store as accounts};
use crate::hash_queue::{Requester, Source};
use crate::session::ending;
use crate::session::revocation::PendingRevocations;
use crate::signer::TokenSigner;
use crate::users::UserContext;

/// Maximum number of invalid tokens per user in 15 min.
const MAX_TOKEN_GUESSES: u32 = 30;
/// Maximum number of password resets that one client network may request in 15 min.
const MAX_RESET_REQUESTS: u32 = 20;

/// A proof that a signed-in user requests.
#[derive(Debug)]
pub enum ProofRequest {
    /// To bind this address.
    Bind(String),
    /// To unbind the bound address.
    Unbind,
    /// To set this password; the mail goes to the proven address.
    ChangePassword(SecretString),
}

/// Sends and redeems e-mail proofs.
#[async_trait]
pub trait EmailService: Send + Sync {
    /// Records a proof and pushes the job that mails it. A newer proof of the
    /// same purpose supersedes the older.
    async fn send(
        &self,
        user: UserId,
        request: ProofRequest,
        language: Language,
    ) -> Result<(), EmailError>;

    /// Redeems the token of a proof that `user` requested. A change of password ends
    /// every session but `session`.
    async fn redeem(
        &self,
        user: UserId,
        session: SessionId,
        token: SecretString,
    ) -> Result<User, EmailError>;

    /// Requests a password reset: the user with the verified address `email`, if any,
    /// gets a mail. Neither the result nor the time it takes tells whether there is
    /// such a user; the mail is queued after the return.
    async fn forgot(&self, email: &str, from: IpAddr, language: Language)
    -> Result<(), EmailError>;

    /// Sets a forgotten password anew and ends every session.
    async fn reset(&self, token: SecretString, password: SecretString) -> Result<(), EmailError>;
}

/// The e-mail proof service on the database.
#[derive(Clone)]
pub struct DbEmails {
    context: Arc<UserContext>,
    signer: TokenSigner,
}

/// A requested proof, before its recipient is read from the user's row.
struct NewProof {
    purpose: Purpose,
    new_address: Option<Mailbox>,
    password_hash: Option<String>,
}

impl DbEmails {
    pub(crate) fn new(context: Arc<UserContext>) -> Self {
        Self {
            signer: super::proof_signer(&context.settings.pepper),
            context,
        }
    }

    async fn new_proof(&self, user: UserId, request: ProofRequest) -> Result<NewProof, EmailError> {
        let plain = |purpose| NewProof {
            purpose,
            new_address: None,
            password_hash: None,
        };
        match request {
            ProofRequest::Bind(email) => Ok(NewProof {
                new_address: Some(Mailbox::parse(&email)?),
                ..plain(Purpose::Bind)
            }),
            ProofRequest::Unbind => Ok(plain(Purpose::Unbind)),
            ProofRequest::ChangePassword(new) => Ok(NewProof {
                password_hash: Some(self.hash_for(user, &new).await?),
                ..plain(Purpose::Password)
            }),
        }
    }

    /// Validates a new password and the mail limits, then hashes the password.
    async fn hash_for(&self, user: UserId, new: &SecretString) -> Result<String, EmailError> {
        let db = self.context.db.reader();
        let row = accounts::find(db, user)
            .await?
            .ok_or(EmailError::BadToken)?;
        password::check(
            new,
            self.context.settings.password_min_chars,
            &row.user_name,
        )?;
        let to = destination(&row, Purpose::Password, None)?;
        let now = self.context.clock.now();
        let wait = store::wait(db, Some(user), &to, Purpose::Password, now).await?;
        if wait.is_zero() {
            Ok(self.context.passwords.hash(new, owner(&row)).await?)
        } else {
            Err(EmailError::TooMany(wait))
        }
    }

    async fn request_proof(
        &self,
        id: UserId,
        new_proof: &NewProof,
        language: Language,
    ) -> Result<(), EmailError> {
        let db = self.context.db.reader();
        let seen = accounts::find(db, id).await?.ok_or(EmailError::BadToken)?;
        let to = destination(&seen, new_proof.purpose, new_proof.new_address.as_ref())?;
        let _mailbox_lock = self.context.mailboxes.lock(&to).await;
        let now = self.context.clock.now();
        let tx = self.context.db.begin_write().await?;
        let user = accounts::lock(&tx, id).await?.ok_or(EmailError::BadToken)?;
        if user.status == Status::Banned {
            return Err(EmailError::Banned);
        }
        if destination(&user, new_proof.purpose, new_proof.new_address.as_ref())? != to {
            return Err(EmailError::NoVerifiedAddress);
        }
        let wait = store::wait(&tx, Some(id), &to, new_proof.purpose, now).await?;
        if !wait.is_zero() {
            return Err(EmailError::TooMany(wait));
        }
        let row = ProofInsert {
            user: id,
            purpose: new_proof.purpose,
            to: &to,
            password_hash: new_proof.password_hash.as_deref(),
            language,
        };
        store::insert(&tx, &row, now).await?;
        tx.commit().await?;
        self.context.db.wake_workers();
        Ok(())
    }

    /// Finds the proof of a token, open or not; `None` for an invalid token.
    async fn proof(&self, token: &SecretString) -> Result<Option<email_proof::Model>, EmailError> {
        let Some(id) = token::proof_of(token) else {
            return Ok(None);
        };
        let proof = store::find(self.context.db.reader(), id).await?;
        Ok(proof.filter(|proof| token::proves(&self.signer, token, proof)))
    }

    async fn spend(&self, proof: &email_proof::Model, keep: SessionId) -> Result<User, EmailError> {
        let now = self.context.clock.now();
        let tx = self.context.db.begin_write().await?;
        let user = accounts::lock(&tx, proof.user_id)
            .await?
            .filter(|user| user.status == Status::Active)
            .ok_or(EmailError::BadToken)?;
        if !store::spend(&tx, proof, now).await? {
            return Err(EmailError::BadToken);
        }
        let revoked = apply(&tx, &user, proof, keep, now).await?;
        let row = accounts::find(&tx, user.id)
            .await?
            .ok_or(EmailError::BadToken)?;
        tx.commit().await?;
        self.context.revocations.apply(revoked);
        Ok(accounts::present(self.context.db.reader(), row).await?)
    }

    /// Queues the reset mail, if the user still has the address and the mail limits
    /// allow it.
    async fn request_reset(
        &self,
        user: UserId,
        to: &Mailbox,
        language: Language,
    ) -> Result<(), EmailError> {
        let _mailbox_lock = self.context.mailboxes.lock(to).await;
        let now = self.context.clock.now();
        let tx = self.context.db.begin_write().await?;
        let still = accounts::lock(&tx, user)
            .await?
            .filter(|user| user.status == Status::Active)
            .is_some_and(|user| user.verified_email.as_deref() == Some(to.as_str()));
        if !still {
            return Ok(());
        }
        if !store::wait(&tx, None, to, Purpose::Reset, now)
            .await?
            .is_zero()
        {
            return Ok(());
        }
        let row = ProofInsert {
            user,
            purpose: Purpose::Reset,
            to,
            password_hash: None,
            language,
        };
        store::insert(&tx, &row, now).await?;
        tx.commit().await?;
        self.context.db.wake_workers();
        Ok(())
    }

    async fn replace_password(
        &self,
        proof: &email_proof::Model,
        hash: &str,
    ) -> Result<(), EmailError> {
        let now = self.context.clock.now();
        let tx = self.context.db.begin_write().await?;
        let user = accounts::lock(&tx, proof.user_id)
            .await?
            .filter(|user| user.status == Status::Active)
            .filter(|user| is_bound(user.verified_email.as_deref(), proof))
            .ok_or(EmailError::BadToken)?;
        if !store::spend(&tx, proof, now).await? {
            return Err(EmailError::BadToken);
        }
        let ended = ending::replace_password(&tx, &user, hash, None, now).await?;
        tx.commit().await?;
        self.context.revocations.apply(ended);
        Ok(())
    }
}

#[async_trait]
impl EmailService for DbEmails {
    async fn send(
        &self,
        user: UserId,
        request: ProofRequest,
        language: Language,
    ) -> Result<(), EmailError> {
        let new_proof = self.new_proof(user, request).await?;
        retrying(|| self.request_proof(user, &new_proof, language)).await
    }

    async fn redeem(
        &self,
        user: UserId,
        session: SessionId,
        token: SecretString,
    ) -> Result<User, EmailError> {
        let now = self.context.clock.now();
        let attempts = &self.context.attempts;
        attempts.check_attempts("e-mail token", user.0, MAX_TOKEN_GUESSES, now)?;
        let Some(proof) = self.proof(&token).await? else {
            attempts.take_attempt("e-mail token", user.0, MAX_TOKEN_GUESSES, now)?;
            return Err(EmailError::BadToken);
        };
        if proof.user_id != user || proof.purpose == Purpose::Reset {
            return Err(EmailError::BadToken);
        }
        retrying(|| self.spend(&proof, session)).await
    }

    async fn forgot(
        &self,
        email: &str,
        from: IpAddr,
        language: Language,
    ) -> Result<(), EmailError> {
        let now = self.context.clock.now();
        let network = ClientNetwork::of(from);
        let attempt =
            (self.context.attempts).take_attempt("forgot", network, MAX_RESET_REQUESTS, now);
        let (Ok(()), Ok(mailbox)) = (attempt, Mailbox::parse(email)) else {
            return Ok(());
        };
        let db = self.context.db.reader();
        let Some(user) = accounts::find_by_proven_email(db, mailbox.as_str()).await? else {
            return Ok(());
        };
        // Written behind the answer's back: it must not take longer for an address that
        // somebody has proven. Nothing is written for one that nobody has.
        let emails = self.clone();
        tokio::spawn(async move {
            let asked = retrying(|| emails.request_reset(user.id, &mailbox, language)).await;
            if let Err(error) = asked {
                tracing::warn!(user.id = user.id.0, %error, "a reset could not be mailed");
            }
        });
        Ok(())
    }

    async fn reset(&self, token: SecretString, password: SecretString) -> Result<(), EmailError> {
        let now = self.context.clock.now();
        let open = |proof: &email_proof::Model| proof.spent_at.is_none() && proof.expires_at > now;
        let proof = self
            .proof(&token)
            .await?
            .filter(|proof| proof.purpose == Purpose::Reset && open(proof))
            .ok_or(EmailError::BadToken)?;
        let user = accounts::find(self.context.db.reader(), proof.user_id)
            .await?
            .ok_or(EmailError::BadToken)?;
        let min_chars = self.context.settings.password_min_chars;
        password::check(&password, min_chars, &user.user_name)?;
        let hash = self.context.passwords.hash(&password, owner(&user)).await?;
        retrying(|| self.replace_password(&proof, &hash)).await
    }
}

impl std::fmt::Debug for DbEmails {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DbEmails").finish_non_exhaustive()
    }
}

/// The requester for hashes of a user who is signed in or has redeemed a token.
fn owner(user: &user::Model) -> Requester<'_> {
    Requester {
        source: Source::User(user.id),
        account: &user.name_key,
    }
}

/// Returns the recipient of a proof: the new address for a binding, the bound one for
/// an unbinding, else the verified one.
fn destination(
    user: &user::Model,
    purpose: Purpose,
    new: Option<&Mailbox>,
) -> Result<Mailbox, EmailError> {
    let bound = match purpose {
        Purpose::Bind => return new.cloned().ok_or(EmailError::NoVerifiedAddress),
        Purpose::Unbind => &user.email,
        Purpose::Password | Purpose::Reset => &user.verified_email,
    };
    let bound = bound.as_deref().ok_or(EmailError::NoVerifiedAddress)?;
    Ok(Mailbox::bound(bound))
}

/// Applies the change that the proof authorises.
async fn apply(
    tx: &DatabaseTransaction,
    user: &user::Model,
    proof: &email_proof::Model,
    keep: SessionId,
    now: Timestamp,
) -> Result<PendingRevocations, EmailError> {
    match (proof.purpose, &proof.password_hash) {
        (Purpose::Bind, _) => {
            // The proof may have been asked for before spellings were made one.
            let address = Mailbox::bound(&proof.email).as_str().to_owned();
            set_address(tx, user, Some(address), now).await?;
        }
        (Purpose::Unbind, _) if is_bound(user.email.as_deref(), proof) => {
            set_address(tx, user, None, now).await?;
        }
        (Purpose::Password, Some(hash)) if is_bound(user.verified_email.as_deref(), proof) => {
            let ended = ending::replace_password(tx, user, hash, Some(keep), now).await?;
            return Ok(ended);
        }
        (Purpose::Unbind | Purpose::Password | Purpose::Reset, _) => {
            return Err(EmailError::BadToken);
        }
    }
    Ok(PendingRevocations::default())
}

/// Returns whether the proof was sent to the bound address.
fn is_bound(bound: Option<&str>, proof: &email_proof::Model) -> bool {
    bound.map(Mailbox::bound) == Some(Mailbox::bound(&proof.email))
}

/// Binds a verified address, or none, and voids the open proofs of the old one.
async fn set_address(
    tx: &DatabaseTransaction,
    user: &user::Model,
    address: Option<String>,
    now: Timestamp,
) -> Result<(), EmailError> {
    let columns = user::ActiveModel {
        email: Set(address.clone()),
        verified_email: Set(address),
        updated_at: Set(now.max(user.updated_at)),
        ..Default::default()
    };
    accounts::update(tx, columns, user.id)
        .await
        .map_err(taken_or_failed)?;
    store::void_all(tx, user.id, now).await?;
    Ok(())
}

fn taken_or_failed(error: DbErr) -> EmailError {
    match error.sql_err() {
        Some(SqlErr::UniqueConstraintViolation(_)) => EmailError::EmailTaken,
        _ => EmailError::Database(error),
    }
}
