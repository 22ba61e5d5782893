//! What the gateway may ask of sessions, and the database that answers.

use std::sync::Arc;

use async_trait::async_trait;
use secrecy::SecretString;
use stampede_kernel::{Language, SessionId, Timestamp};
use stampede_persistence::entity::user::{self, Status};
use stampede_persistence::retrying;

use super::refresh::RefreshToken;
use super::revocation::{self, Written};
use super::{AccessTokens, AuthError, Caller, LogIn, LoggedIn, SessionError, TokenPair, store};
use crate::account::{name, store as accounts};
use crate::failures::Guess;
use crate::seal::Seal;
use crate::users::Ground;

/// Opens, renews and ends sessions.
#[async_trait]
pub trait SessionService: Send + Sync {
    /// Takes the same time for an unknown user as for a wrong password.
    async fn log_in(&self, attempt: LogIn) -> Result<LoggedIn, SessionError>;

    /// Spends a refresh token. One that was spent before ends its whole session.
    async fn refresh(&self, token: SecretString) -> Result<TokenPair, SessionError>;

    /// Ends the session of `caller`; its access tokens are dead within 5 s. A refresh
    /// token of another session or user is [`SessionError::BadRefreshToken`].
    async fn log_out(&self, caller: Caller, token: SecretString) -> Result<(), SessionError>;
}

/// Checks access tokens from memory, without a read.
pub trait AccessToken: Send + Sync {
    /// Who stands behind `token`.
    fn verify(&self, token: &str) -> Result<Caller, AuthError>;
}

/// Sessions in the database.
pub struct DbSessions {
    ground: Arc<Ground>,
    tokens: Arc<AccessTokens>,
    seal: Seal,
}

impl DbSessions {
    pub(crate) fn new(ground: Arc<Ground>, tokens: Arc<AccessTokens>) -> Self {
        Self {
            seal: Seal::new(&ground.settings.pepper, "refresh token"),
            ground,
            tokens,
        }
    }

    /// The user whom the attempt proves, as the limiter allows.
    async fn prove(&self, attempt: &LogIn) -> Result<user::Model, SessionError> {
        let ground = &self.ground;
        let key = name::key(&attempt.user_name);
        let guess = Guess {
            account: &key,
            address: attempt.address,
        };
        ground.failures.check(guess, ground.clock.now())?;
        let row = match name::check(&attempt.user_name) {
            Ok(key) => accounts::find_by_key(ground.db.reader(), &key).await?,
            Err(_) => None,
        };
        let stored = row.as_ref().map(|row| row.password_hash.as_str());
        let right = ground.passwords.verify(&attempt.password, stored).await?;
        let user = row.filter(|row| right && row.status == Status::Active);
        ground
            .failures
            .judge(guess, user.is_some(), ground.clock.now())?;
        if user.is_none() {
            // Not the name: people type their password into that field.
            tracing::warn!(address = %attempt.address, "a log-in failed");
        }
        user.ok_or(SessionError::BadCredentials)
    }

    async fn open(
        &self,
        proven: &user::Model,
        language: Language,
    ) -> Result<LoggedIn, SessionError> {
        let session = SessionId::new();
        let refresh = RefreshToken::new(&self.seal, session)?;
        let now = self.ground.clock.now();
        let tx = self.ground.db.begin_write().await?;
        let user = accounts::lock(&tx, proven.id)
            .await?
            .filter(|row| row.password_hash == proven.password_hash && row.status == Status::Active)
            .ok_or(SessionError::BadCredentials)?;
        let columns = user::ActiveModel {
            language: sea_orm::ActiveValue::Set(language.to_string()),
            ..Default::default()
        };
        accounts::update(&tx, columns, user.id).await?;
        let issued = accounts::issue_time(&user, now);
        let expires = now.plus(self.ground.settings.refresh_ttl);
        store::insert(&tx, session, user.id, refresh.hash(), issued, expires).await?;
        tx.commit().await?;
        Ok(LoggedIn {
            tokens: self.pair(&user, &refresh, issued)?,
            user: accounts::present(self.ground.db.reader(), user).await?,
        })
    }

    async fn rotate(&self, spent: &RefreshToken) -> Result<TokenPair, SessionError> {
        let session = store::find(self.ground.db.reader(), spent.session)
            .await?
            .ok_or(SessionError::BadRefreshToken)?;
        let fresh = RefreshToken::new(&self.seal, spent.session)?;
        let now = self.ground.clock.now();
        let tx = self.ground.db.begin_write().await?;
        let user = accounts::lock(&tx, session.user_id)
            .await?
            .filter(|user| user.status == Status::Active)
            .ok_or(SessionError::BadRefreshToken)?;
        let issued = accounts::issue_time(&user, now);
        let expires = now.plus(self.ground.settings.refresh_ttl);
        let hashes = (spent.hash(), fresh.hash());
        let times = (now, issued, expires);
        if store::rotate(&tx, spent.session, (&hashes.0, &hashes.1), times).await? {
            tx.commit().await?;
            return self.pair(&user, &fresh, issued);
        }
        let killed = end_if_spent(&tx, &user, spent, now).await?;
        tx.commit().await?;
        self.ground.revocations.apply(killed);
        Err(SessionError::BadRefreshToken)
    }

    async fn end(&self, caller: Caller) -> Result<(), SessionError> {
        let now = self.ground.clock.now();
        let tx = self.ground.db.begin_write().await?;
        accounts::lock(&tx, caller.user).await?;
        let killed = if store::end(&tx, caller.user, caller.session, now).await? {
            revocation::of_sessions(&tx, caller.user, vec![caller.session], now).await?
        } else {
            Written::default()
        };
        tx.commit().await?;
        self.ground.revocations.apply(killed);
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
            expires_in: self.ground.settings.access_ttl,
            refresh: refresh.text(),
        })
    }
}

#[async_trait]
impl SessionService for DbSessions {
    async fn log_in(&self, attempt: LogIn) -> Result<LoggedIn, SessionError> {
        let user = self.prove(&attempt).await?;
        retrying(|| self.open(&user, attempt.language)).await
    }

    async fn refresh(&self, token: SecretString) -> Result<TokenPair, SessionError> {
        let token = RefreshToken::parse(&self.seal, &token).ok_or(SessionError::BadRefreshToken)?;
        retrying(|| self.rotate(&token)).await
    }

    async fn log_out(&self, caller: Caller, token: SecretString) -> Result<(), SessionError> {
        RefreshToken::parse(&self.seal, &token)
            .filter(|token| token.session == caller.session)
            .ok_or(SessionError::BadRefreshToken)?;
        retrying(|| self.end(caller)).await
    }
}

impl std::fmt::Debug for DbSessions {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DbSessions").finish_non_exhaustive()
    }
}

/// A token of a live session that is not the one to be spent was spent before:
/// somebody has a copy, so the session ends.
async fn end_if_spent(
    tx: &sea_orm::DatabaseTransaction,
    user: &user::Model,
    token: &RefreshToken,
    now: Timestamp,
) -> Result<Written, SessionError> {
    let row = store::find(tx, token.session).await?;
    let spent = row.is_some_and(|row| row.token_hash != token.hash());
    if !spent || !store::end(tx, user.id, token.session, now).await? {
        return Ok(Written::default());
    }
    tracing::warn!(
        user.id = user.id.0,
        "a spent refresh token came back; its session ends"
    );
    Ok(revocation::of_sessions(tx, user.id, vec![token.session], now).await?)
}
