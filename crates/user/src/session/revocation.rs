//! The revocation list of access tokens, in memory.
//!
//! A row is written in the transaction of its cause. The process that wrote it applies
//! it after the commit; every process reads the rows of all others once a second. No
//! request reads the database.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};

use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, DatabaseTransaction, DbErr, EntityTrait, QueryFilter,
};
use stampede_kernel::{Clock, SessionId, Timestamp, UserId};
use stampede_persistence::Database;
use stampede_persistence::entity::revocation;

use super::AuthError;

/// How often the rows are read.
const EVERY: Duration = Duration::from_secs(1);
/// Maximum age of the list; with an older one no token is accepted.
const STALE_AFTER: Duration = Duration::from_secs(5);
/// How long a row is kept beyond the lifetime of the tokens it revokes, and the overlap
/// of two loads: it covers long transactions and differing clocks.
const SLACK: Duration = Duration::from_mins(1);
/// Number of rows before the newest id that are read again, because ids are assigned
/// before they are visible.
const OVERLAP: i64 = 256;
/// Rows in one insert.
const BATCH: usize = 1_000;

/// Revocations that a transaction wrote; apply them to memory after its commit.
#[must_use = "apply them after the commit"]
#[derive(Debug, Default)]
pub(crate) struct PendingRevocations(Vec<(UserId, Option<SessionId>, Timestamp, Timestamp)>);

/// Revokes every access token of `user` issued up to `before`.
pub(crate) async fn of_user(
    tx: &DatabaseTransaction,
    user: UserId,
    before: Timestamp,
    now: Timestamp,
) -> Result<PendingRevocations, DbErr> {
    write(tx, vec![(user, None, before, now)]).await
}

/// Revokes every access token of `sessions`.
pub(crate) async fn of_sessions(
    tx: &DatabaseTransaction,
    user: UserId,
    sessions: Vec<SessionId>,
    now: Timestamp,
) -> Result<PendingRevocations, DbErr> {
    let rows = sessions.into_iter().map(|id| (user, Some(id), now, now));
    write(tx, rows.collect()).await
}

async fn write(
    tx: &DatabaseTransaction,
    rows: Vec<(UserId, Option<SessionId>, Timestamp, Timestamp)>,
) -> Result<PendingRevocations, DbErr> {
    for batch in rows.chunks(BATCH) {
        let rows = batch
            .iter()
            .map(|&(user, session, before, at)| revocation::ActiveModel {
                user_id: Set(user),
                session_id: Set(session),
                before: Set(before),
                at: Set(at),
                ..Default::default()
            });
        revocation::Entity::insert_many(rows)
            .exec_without_returning(tx)
            .await?;
    }
    Ok(PendingRevocations(rows))
}

/// The revocations in memory, and the time of the last load.
#[derive(Debug)]
struct Known {
    /// By user: the time up to which tokens are revoked, and when the row was last
    /// read, by the monotonic clock.
    users: HashMap<UserId, (Timestamp, Instant)>,
    /// By ended session: when the row was last read.
    sessions: HashMap<SessionId, Instant>,
    loaded: Instant,
    loaded_at: Timestamp,
    /// The newest row that was read.
    last_id: Option<i64>,
}

/// The revocations of the last access-token lifetime.
pub struct Revocations {
    db: Database,
    clock: Arc<dyn Clock>,
    kept: Duration,
    known: RwLock<Known>,
}

impl Revocations {
    /// Loads the revocations that matter for tokens that live for `access_ttl`.
    pub(crate) async fn open(
        db: Database,
        clock: Arc<dyn Clock>,
        access_ttl: Duration,
    ) -> Result<Self, DbErr> {
        let kept = access_ttl + SLACK;
        let now = clock.now();
        let this = Self {
            known: RwLock::new(Known {
                users: HashMap::new(),
                sessions: HashMap::new(),
                loaded: Instant::now(),
                loaded_at: now.minus(kept),
                last_id: None,
            }),
            db,
            clock,
            kept,
        };
        this.load().await?;
        Ok(this)
    }

    /// Loads the rows since the last load, by time and by id, because the clock of this
    /// or of the writing process may have been set. Known revocations stay: a row
    /// applied here may have been committed after the read began.
    pub async fn load(&self) -> Result<(), DbErr> {
        let (now, started) = (self.clock.now(), Instant::now());
        let (loaded_at, last_id) = {
            let known = self.read();
            (known.loaded_at, known.last_id)
        };
        let recent = revocation::Column::At.gte(loaded_at.min(now).minus(SLACK));
        let unseen = revocation::Column::Id.gt(last_id.unwrap_or(i64::MAX) - OVERLAP);
        let rows = revocation::Entity::find()
            .filter(Condition::any().add(recent).add(unseen))
            .all(self.db.reader())
            .await?;
        let mut known = self.write();
        let youngest = rows.iter().map(|row| row.id).max();
        known.last_id = youngest.or(known.last_id).or(Some(0));
        for row in rows {
            known.learn(row.user_id, row.session_id, row.before, started);
        }
        known.forget(started, self.kept);
        known.loaded = started;
        known.loaded_at = now;
        Ok(())
    }

    /// Checks that the list is fresh enough to verify tokens.
    pub(crate) fn available(&self) -> Result<(), AuthError> {
        if self.read().loaded.elapsed() > STALE_AFTER {
            return Err(AuthError::Unavailable);
        }
        Ok(())
    }

    /// Loads the list at once and then once a second, in an endless loop. A failure is
    /// logged; after five seconds of failures [`super::AccessToken::verify`] returns
    /// [`AuthError::Unavailable`].
    pub async fn run(self: Arc<Self>) {
        loop {
            match tokio::time::timeout(STALE_AFTER, self.load()).await {
                Ok(Ok(())) => {}
                Ok(Err(error)) => tracing::warn!(%error, "revocations could not be read"),
                Err(_) => tracing::warn!("revocations could not be read in time"),
            }
            tokio::time::sleep(EVERY).await;
        }
    }

    /// Applies revocations to this process at once. Call it after the commit.
    pub(crate) fn apply(&self, written: PendingRevocations) {
        let mut known = self.write();
        for (user, session, before, _) in written.0 {
            known.learn(user, session, before, Instant::now());
        }
    }

    /// Checks that a token of `session`, issued at `issued`, is not revoked.
    pub(crate) fn admit(
        &self,
        user: UserId,
        session: SessionId,
        issued: Timestamp,
    ) -> Result<(), AuthError> {
        let known = self.read();
        if known.loaded.elapsed() > STALE_AFTER {
            return Err(AuthError::Unavailable);
        }
        let dead = known.sessions.contains_key(&session)
            || known
                .users
                .get(&user)
                .is_some_and(|(before, _)| issued <= *before);
        if dead {
            Err(AuthError::Invalid)
        } else {
            Ok(())
        }
    }

    fn read(&self) -> std::sync::RwLockReadGuard<'_, Known> {
        self.known.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> std::sync::RwLockWriteGuard<'_, Known> {
        self.known.write().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Known {
    fn learn(
        &mut self,
        user: UserId,
        session: Option<SessionId>,
        before: Timestamp,
        heard: Instant,
    ) {
        if let Some(session) = session {
            self.sessions.insert(session, heard);
        } else {
            let latest = self.users.entry(user).or_insert((before, heard));
            *latest = (latest.0.max(before), heard);
        }
    }

    fn forget(&mut self, now: Instant, kept: Duration) {
        let fresh = |heard: &Instant| now.saturating_duration_since(*heard) <= kept;
        self.users.retain(|_, (_, heard)| fresh(heard));
        self.sessions.retain(|_, heard| fresh(heard));
    }
}

impl std::fmt::Debug for Revocations {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Revocations").finish_non_exhaustive()
    }
}
