//! The session service and its implementation on the database.

use std::sync::Arc;

use async_trait::async_trait;
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::DatabaseTransaction;
use secrecy::SecretString;
use stampede_kernel::{Language, SessionId, Timestamp};
use stampede_persistence::entity::session;
use stampede_persistence::entity::user::{self, Status};
use stampede_persistence::retrying;

use super::refresh::RefreshToken;
use super::revocation::{self, PendingRevocations};
use super::spent::SpentTokens;
use super::store::NewSession;
use super::{AccessTokens, AuthError, Caller, LogIn, LoggedIn, SessionError, TokenPair, store};
use crate::account::{name, store as accounts};
use crate::attempt_limiter::LoginAttempt;
use crate::hash_queue::{Requester, Source};
use crate::hashing::PasswordCheck;
use crate::signer::TokenSigner;
use crate::users::UserContext;

/// Maximum number of sessions in one family; beyond it the least recently refreshed one
/// ends.
const FAMILY: usize = 16;

/// Opens, renews and ends sessions.
#[async_trait]
pub trait SessionService: Send + Sync {
    /// Logs a user in. Takes the same time for an unknown user as for a wrong password.
    async fn log_in(&self, attempt: LogIn) -> Result<LoggedIn, SessionError>;

    /// Exchanges a refresh token for new tokens. One that was spent within
    /// [`AuthSettings::refresh_grace`] opens another session of its family; one that
    /// was spent before ends its whole family.
    ///
    /// [`AuthSettings::refresh_grace`]: crate::AuthSettings::refresh_grace
    async fn refresh(&self, token: SecretString) -> Result<TokenPair, SessionError>;

    /// Ends the session of `caller` and its family; their access tokens are dead within
    /// 5 s. A refresh token of another family or user is [`SessionError::BadRefreshToken`].
    async fn log_out(&self, caller: Caller, token: SecretString) -> Result<(), SessionError>;
}

/// Verifies access tokens in memory, without a database read.
pub trait AccessToken: Send + Sync {
    /// Verifies `token` and returns its caller.
    fn verify(&self, token: &str) -> Result<Caller, AuthError>;

    /// Checks that tokens can be verified at present.
    fn available(&self) -> Result<(), AuthError> {
        Ok(())
    }
}

/// A user whose password was verified.
struct Proven {
    user: user::Model,
    /// A new hash in place of one from before normalisation.
    renewed_hash: Option<String>,
}

/// The session service on the database.
pub struct DbSessions {
    context: Arc<UserContext>,
    tokens: Arc<AccessTokens>,
    signer: TokenSigner,
}

impl DbSessions {
    pub(crate) fn new(context: Arc<UserContext>, tokens: Arc<AccessTokens>) -> Self {
        Self {
            signer: TokenSigner::new(&context.settings.pepper, "refresh token"),
            context,
            tokens,
        }
    }

    /// Verifies the password within the attempt limits and returns the user.
    async fn verify_password(&self, attempt: &LogIn) -> Result<Proven, SessionError> {
        let context = &self.context;
        let key = name::typed_key(&attempt.user_name);
        let who = Requester {
            source: Source::Client(attempt.address.into()),
            account: key.as_deref().unwrap_or_default(),
        };
        let login_attempt = LoginAttempt {
            account: who.account,
            network: attempt.address.into(),
            known: context.passwords.is_known(who),
        };
        context.attempts.check(login_attempt, context.clock.now())?;
        let row = match &key {
            Some(key) => accounts::find_by_key(context.db.reader(), key).await?,
            None => None,
        };
        let stored = row.as_ref().map(|row| row.password_hash.as_str());
        let passwords = &context.passwords;
        let verdict = passwords.verify(&attempt.password, stored, who).await?;
        let user = row.filter(|row| verdict.is_right() && row.status == Status::Active);
        context
            .attempts
            .record(login_attempt, user.is_some(), context.clock.now())?;
        if user.is_none() {
            // Not the name: people type their password into that field.
            tracing::warn!(address = %attempt.address, "a log-in failed");
        }
        Ok(Proven {
            user: user.ok_or(SessionError::BadCredentials)?,
            renewed_hash: match verdict {
                PasswordCheck::RightSpelledOtherwise(hash) => Some(hash),
                PasswordCheck::Right | PasswordCheck::Wrong => None,
            },
        })
    }

    async fn open(&self, proven: &Proven, language: Language) -> Result<LoggedIn, SessionError> {
        let session = SessionId::new();
        let refresh = RefreshToken::new(&self.signer, session)?;
        let now = self.context.clock.now();
        let tx = self.context.db.begin_write().await?;
        let user = accounts::lock(&tx, proven.user.id)
            .await?
            .filter(|row| row.password_hash == proven.user.password_hash)
            .filter(|row| row.status == Status::Active)
            .ok_or(SessionError::BadCredentials)?;
        let columns = user::ActiveModel {
            language: Set(language.to_string()),
            password_hash: (proven.renewed_hash.clone()).map_or(NotSet, Set),
            ..Default::default()
        };
        accounts::update(&tx, columns, user.id).await?;
        let issued = accounts::issue_time(&user, now);
        let expires = now.plus(self.context.settings.refresh_ttl);
        let new = NewSession {
            id: session,
            user: user.id,
            family: None,
            token_hash: refresh.hash(),
            issued,
            expires,
        };
        store::insert(&tx, new).await?;
        tx.commit().await?;
        Ok(LoggedIn {
            tokens: self.pair(&user, &refresh, issued)?,
            user: accounts::present(self.context.db.reader(), user).await?,
        })
    }

    async fn rotate(&self, token: &RefreshToken) -> Result<TokenPair, SessionError> {
        let session = store::find(self.context.db.reader(), token.session)
            .await?
            .ok_or(SessionError::BadRefreshToken)?;
        let now = self.context.clock.now();
        let tx = self.context.db.begin_write().await?;
        let user = accounts::lock(&tx, session.user_id)
            .await?
            .filter(|user| user.status == Status::Active)
            .ok_or(SessionError::BadRefreshToken)?;
        let session = store::lock(&tx, token.session)
            .await?
            .filter(|session| session.revoked_at.is_none() && session.expires_at > now)
            .ok_or(SessionError::BadRefreshToken)?;
        if session.token_hash == token.hash() {
            return self.spend(tx, &user, &session, token, now).await;
        }
        let grace = self.context.settings.refresh_grace;
        let mut spent = SpentTokens::read(session.spent.as_deref());
        if spent.spend_again(&token.hash(), now, grace) {
            store::set_spent(&tx, session.id, &spent).await?;
            return self.add_child(tx, &user, &session, now).await;
        }
        let revoked = end_reused(&tx, &user, &session, now).await?;
        tx.commit().await?;
        self.context.revocations.apply(revoked);
        Err(SessionError::BadRefreshToken)
    }

    /// Rotates the current token of a session.
    async fn spend(
        &self,
        tx: DatabaseTransaction,
        user: &user::Model,
        session: &session::Model,
        token: &RefreshToken,
        now: Timestamp,
    ) -> Result<TokenPair, SessionError> {
        let settings = &self.context.settings;
        let fresh = RefreshToken::new(&self.signer, session.id)?;
        let issued = accounts::issue_time(user, now);
        let mut spent = SpentTokens::read(session.spent.as_deref());
        spent.spend(token.hash(), now, settings.refresh_grace);
        let hashes = (token.hash(), fresh.hash());
        let hashes = (hashes.0.as_str(), hashes.1.as_str());
        let times = (now, issued, now.plus(settings.refresh_ttl));
        if !store::rotate(&tx, session.id, hashes, times, &spent).await? {
            return Err(SessionError::BadRefreshToken);
        }
        tx.commit().await?;
        self.pair(user, &fresh, issued)
    }

    /// Opens another session of the family for a token that was spent within the grace
    /// period.
    async fn add_child(
        &self,
        tx: DatabaseTransaction,
        user: &user::Model,
        parent: &session::Model,
        now: Timestamp,
    ) -> Result<TokenPair, SessionError> {
        let (id, family) = (SessionId::new(), store::family(parent));
        let fresh = RefreshToken::new(&self.signer, id)?;
        let issued = accounts::issue_time(user, now);
        let child = NewSession {
            id,
            user: user.id,
            family: Some(family),
            token_hash: fresh.hash(),
            issued,
            expires: now.plus(self.context.settings.refresh_ttl),
        };
        let gone = store::thin_out(&tx, parent, FAMILY - 2).await?;
        store::insert(&tx, child).await?;
        let revoked = revocation::of_sessions(&tx, user.id, gone, now).await?;
        tx.commit().await?;
        self.context.revocations.apply(revoked);
        self.pair(user, &fresh, issued)
    }

    async fn end(&self, caller: Caller, token: &RefreshToken) -> Result<(), SessionError> {
        let now = self.context.clock.now();
        let tx = self.context.db.begin_write().await?;
        accounts::lock(&tx, caller.user).await?;
        let family = store::find(&tx, caller.session)
            .await?
            .map(|row| store::family(&row));
        let tokens = store::find(&tx, token.session).await?;
        let tokens = tokens.filter(|row| row.user_id == caller.user);
        let family = family
            .filter(|family| tokens.is_some_and(|row| store::family(&row) == *family))
            .ok_or(SessionError::BadRefreshToken)?;
        let ended = store::end_family(&tx, caller.user, family, now).await?;
        let revoked = revocation::of_sessions(&tx, caller.user, ended, now).await?;
        tx.commit().await?;
        self.context.revocations.apply(revoked);
        Ok(())
    }

    fn pair(
        &self,
        user: &user::Model,
        refresh: &RefreshToken,
        issued: Timestamp,
    ) -> Result<TokenPair, SessionError> {
        let caller = Caller {
            user: user.id,
            session: refresh.session,
            role: user.role,
            rehearsal: false,
        };
        Ok(TokenPair {
            access: self.tokens.sign(&caller, issued)?,
            expires_in: self.context.settings.access_ttl,
            refresh: refresh.text(),
            refresh_expires_in: self.context.settings.refresh_ttl,
        })
    }
}

#[async_trait]
impl SessionService for DbSessions {
    async fn log_in(&self, attempt: LogIn) -> Result<LoggedIn, SessionError> {
        let proven = self.verify_password(&attempt).await?;
        match retrying(|| self.open(&proven, attempt.language)).await {
            // Another log-in may have renewed the hash meanwhile: asked once more, the
            // password is right or it was changed.
            Err(SessionError::BadCredentials) => {
                let proven = self.verify_password(&attempt).await?;
                retrying(|| self.open(&proven, attempt.language)).await
            }
            ended => ended,
        }
    }

    async fn refresh(&self, token: SecretString) -> Result<TokenPair, SessionError> {
        let token =
            RefreshToken::parse(&self.signer, &token).ok_or(SessionError::BadRefreshToken)?;
        retrying(|| self.rotate(&token)).await
    }

    async fn log_out(&self, caller: Caller, token: SecretString) -> Result<(), SessionError> {
        let token =
            RefreshToken::parse(&self.signer, &token).ok_or(SessionError::BadRefreshToken)?;
        retrying(|| self.end(caller, &token)).await
    }
}

impl std::fmt::Debug for DbSessions {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DbSessions").finish_non_exhaustive()
    }
}

/// Ends the whole family when an already spent token is used: somebody has a copy of
/// it.
async fn end_reused(
    tx: &DatabaseTransaction,
    user: &user::Model,
    session: &session::Model,
    now: Timestamp,
) -> Result<PendingRevocations, SessionError> {
    let ended = store::end_family(tx, user.id, store::family(session), now).await?;
    tracing::warn!(
        user.id = user.id.0,
        sessions = ended.len(),
        "a spent refresh token came back; its family ends"
    );
    Ok(revocation::of_sessions(tx, user.id, ended, now).await?)
}
