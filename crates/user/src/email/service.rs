//! What the gateway may ask of e-mail proofs, and the database that answers.

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
use super::store::{self, Ask};
use super::{EmailError, token};
use crate::account::{User, password, store as accounts};
use crate::hash_queue::{Requester, Source};
use crate::seal::Seal;
use crate::session::ending;
use crate::session::revocation::Written;
use crate::users::Ground;

/// Made-up tokens that a user may present in 15 min.
const GUESSES: u32 = 30;
/// Forgotten passwords that may be asked for from one address in 15 min.
const FORGETTINGS: u32 = 20;

/// What a signed-in user wants to prove.
#[derive(Debug)]
pub enum ProofRequest {
    /// To bind this address.
    Bind(String),
    /// To unbind the bound address.
    Unbind,
    /// To set this password; the mail goes to the proven address.
    ChangePassword(SecretString),
}

/// Sends proofs and takes them back.
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

    /// Spends the token of a proof that `user` asked for. A password that is
    /// changed by it ends every session but `session`.
    async fn redeem(
        &self,
        user: UserId,
        session: SessionId,
        token: SecretString,
    ) -> Result<User, EmailError>;

    /// Mails a reset to the user who has proven `email`, soon after it returned. It says
    /// nothing of whether anybody has, nor does the time it takes.
    async fn forgot(&self, email: &str, from: IpAddr, language: Language)
    -> Result<(), EmailError>;

    /// Sets a forgotten password anew and ends every session.
    async fn reset(&self, token: SecretString, password: SecretString) -> Result<(), EmailError>;
}

/// Proofs in the database.
#[derive(Clone)]
pub struct DbEmails {
    ground: Arc<Ground>,
    seal: Seal,
}

/// A proof to be asked for, before the user's row says where it goes.
struct Wish {
    purpose: Purpose,
    new_address: Option<Mailbox>,
    password_hash: Option<String>,
}

impl DbEmails {
    pub(crate) fn new(ground: Arc<Ground>) -> Self {
        Self {
            seal: super::proof_seal(&ground.settings.pepper),
            ground,
        }
    }

    async fn wish(&self, user: UserId, request: ProofRequest) -> Result<Wish, EmailError> {
        let wish = |purpose| Wish {
            purpose,
            new_address: None,
            password_hash: None,
        };
        match request {
            ProofRequest::Bind(email) => Ok(Wish {
                new_address: Some(Mailbox::parse(&email)?),
                ..wish(Purpose::Bind)
            }),
            ProofRequest::Unbind => Ok(wish(Purpose::Unbind)),
            ProofRequest::ChangePassword(new) => Ok(Wish {
                password_hash: Some(self.hash_for(user, &new).await?),
                ..wish(Purpose::Password)
            }),
        }
    }

    /// Everything that may refuse a new password stands before the hash.
    async fn hash_for(&self, user: UserId, new: &SecretString) -> Result<String, EmailError> {
        let db = self.ground.db.reader();
        let row = accounts::find(db, user)
            .await?
            .ok_or(EmailError::BadToken)?;
        password::check(new, self.ground.settings.password_min_chars, &row.user_name)?;
        let to = destination(&row, Purpose::Password, None)?;
        let now = self.ground.clock.now();
        let wait = store::wait(db, Some(user), &to, Purpose::Password, now).await?;
        if wait.is_zero() {
            Ok(self.ground.passwords.hash(new, owner(&row)).await?)
        } else {
            Err(EmailError::TooMany(wait))
        }
    }

    async fn ask(&self, id: UserId, wish: &Wish, language: Language) -> Result<(), EmailError> {
        let db = self.ground.db.reader();
        let seen = accounts::find(db, id).await?.ok_or(EmailError::BadToken)?;
        let to = destination(&seen, wish.purpose, wish.new_address.as_ref())?;
        let _one_at_a_time = self.ground.mailboxes.hold(&to).await;
        let now = self.ground.clock.now();
        let tx = self.ground.db.begin_write().await?;
        let user = accounts::lock(&tx, id).await?.ok_or(EmailError::BadToken)?;
        if user.status == Status::Banned {
            return Err(EmailError::Banned);
        }
        if destination(&user, wish.purpose, wish.new_address.as_ref())? != to {
            return Err(EmailError::NoVerifiedAddress);
        }
        let wait = store::wait(&tx, Some(id), &to, wish.purpose, now).await?;
        if !wait.is_zero() {
            return Err(EmailError::TooMany(wait));
        }
        let ask = Ask {
            user: id,
            purpose: wish.purpose,
            to: &to,
            password_hash: wish.password_hash.as_deref(),
            language,
        };
        store::insert(&tx, &ask, now).await?;
        tx.commit().await?;
        self.ground.db.wake_workers();
        Ok(())
    }

    /// The proof that `token` is of, open or not; `None` for a made-up token.
    async fn proof(&self, token: &SecretString) -> Result<Option<email_proof::Model>, EmailError> {
        let Some(id) = token::proof_of(token) else {
            return Ok(None);
        };
        let proof = store::find(self.ground.db.reader(), id).await?;
        Ok(proof.filter(|proof| token::proves(&self.seal, token, proof)))
    }

    async fn spend(&self, proof: &email_proof::Model, keep: SessionId) -> Result<User, EmailError> {
        let now = self.ground.clock.now();
        let tx = self.ground.db.begin_write().await?;
        let user = accounts::lock(&tx, proof.user_id)
            .await?
            .filter(|user| user.status == Status::Active)
            .ok_or(EmailError::BadToken)?;
        if !store::spend(&tx, proof, now).await? {
            return Err(EmailError::BadToken);
        }
        let killed = apply(&tx, &user, proof, keep, now).await?;
        let row = accounts::find(&tx, user.id)
            .await?
            .ok_or(EmailError::BadToken)?;
        tx.commit().await?;
        self.ground.revocations.apply(killed);
        Ok(accounts::present(self.ground.db.reader(), row).await?)
    }

    /// Mails a reset to the user, if they still have that address and it has not had its
    /// share of mails.
    async fn ask_to_reset(
        &self,
        user: UserId,
        to: &Mailbox,
        language: Language,
    ) -> Result<(), EmailError> {
        let _one_at_a_time = self.ground.mailboxes.hold(to).await;
        let now = self.ground.clock.now();
        let tx = self.ground.db.begin_write().await?;
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
        let ask = Ask {
            user,
            purpose: Purpose::Reset,
            to,
            password_hash: None,
            language,
        };
        store::insert(&tx, &ask, now).await?;
        tx.commit().await?;
        self.ground.db.wake_workers();
        Ok(())
    }

    async fn replace_password(
        &self,
        proof: &email_proof::Model,
        hash: &str,
    ) -> Result<(), EmailError> {
        let now = self.ground.clock.now();
        let tx = self.ground.db.begin_write().await?;
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
        self.ground.revocations.apply(ended);
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
        let wish = self.wish(user, request).await?;
        retrying(|| self.ask(user, &wish, language)).await
    }

    async fn redeem(
        &self,
        user: UserId,
        session: SessionId,
        token: SecretString,
    ) -> Result<User, EmailError> {
        let now = self.ground.clock.now();
        let failures = &self.ground.failures;
        failures.check_turns("e-mail token", user.0, GUESSES, now)?;
        let Some(proof) = self.proof(&token).await? else {
            failures.take_turn("e-mail token", user.0, GUESSES, now)?;
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
        let now = self.ground.clock.now();
        let network = ClientNetwork::of(from);
        let turn = (self.ground.failures).take_turn("forgot", network, FORGETTINGS, now);
        let (Ok(()), Ok(mailbox)) = (turn, Mailbox::parse(email)) else {
            return Ok(());
        };
        let db = self.ground.db.reader();
        let Some(user) = accounts::find_by_proven_email(db, mailbox.as_str()).await? else {
            return Ok(());
        };
        // Written behind the answer's back: it must not take longer for an address that
        // somebody has proven. Nothing is written for one that nobody has.
        let emails = self.clone();
        tokio::spawn(async move {
            let asked = retrying(|| emails.ask_to_reset(user.id, &mailbox, language)).await;
            if let Err(error) = asked {
                tracing::warn!(user.id = user.id.0, %error, "a reset could not be mailed");
            }
        });
        Ok(())
    }

    async fn reset(&self, token: SecretString, password: SecretString) -> Result<(), EmailError> {
        let now = self.ground.clock.now();
        let open = |proof: &email_proof::Model| proof.spent_at.is_none() && proof.expires_at > now;
        let proof = self
            .proof(&token)
            .await?
            .filter(|proof| proof.purpose == Purpose::Reset && open(proof))
            .ok_or(EmailError::BadToken)?;
        let user = accounts::find(self.ground.db.reader(), proof.user_id)
            .await?
            .ok_or(EmailError::BadToken)?;
        let min_chars = self.ground.settings.password_min_chars;
        password::check(&password, min_chars, &user.user_name)?;
        let hash = self.ground.passwords.hash(&password, owner(&user)).await?;
        retrying(|| self.replace_password(&proof, &hash)).await
    }
}

impl std::fmt::Debug for DbEmails {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DbEmails").finish_non_exhaustive()
    }
}

/// Signed in, or known by a token that we mailed.
fn owner(user: &user::Model) -> Requester<'_> {
    Requester {
        source: Source::User(user.id),
        account: &user.name_key,
    }
}

/// Where the mail goes: to what is to be bound, to what is bound, or to what is proven.
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

/// Does what the proof was asked for.
async fn apply(
    tx: &DatabaseTransaction,
    user: &user::Model,
    proof: &email_proof::Model,
    keep: SessionId,
    now: Timestamp,
) -> Result<Written, EmailError> {
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
    Ok(Written::default())
}

/// Whether the proof went to the address that is bound.
fn is_bound(bound: Option<&str>, proof: &email_proof::Model) -> bool {
    bound.map(Mailbox::bound) == Some(Mailbox::bound(&proof.email))
}

/// Binds a proven address, or none. What was asked for at the old one is void.
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
