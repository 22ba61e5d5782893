//! Readiness: can this process answer requests?
//!
//! The checks run at most once a second however many requests come, and write nothing. A check
//! that
//! hangs is not started again until it has ended.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use sea_orm::{ConnectionTrait, DatabaseBackend, DbErr, Statement};
use stampede_kernel::{Clock, Refusal, Refuse, Timestamp};
use stampede_media::{MediaError, MediaStore};
use stampede_persistence::Database;
use stampede_user::AccessToken;
use tokio::sync::Mutex;
use tokio::task::JoinHandle;
use tokio::time::{Instant, timeout};

use crate::seckill::Seckill;

/// Longest time that a check may take.
const TIMEOUT: Duration = Duration::from_secs(2);
/// How long a result is reused.
const KEPT: Duration = Duration::from_secs(1);
/// Largest difference between the clocks of database and process without a warning.
const SKEW: Duration = Duration::from_secs(1);

/// The readiness of this process.
pub struct Health {
    draining: AtomicBool,
    parts: Parts,
    last: Mutex<Last>,
}

/// The parts that are checked.
struct Parts {
    db: Database,
    media: MediaStore,
    clock: Arc<dyn Clock>,
    tokens: Arc<dyn AccessToken>,
    seckill: Seckill,
}

/// The last result, and the checks that are still running.
#[derive(Default)]
struct Last {
    answer: Option<(Instant, Readiness)>,
    database: PendingProbe<Result<Option<Timestamp>, DbErr>>,
    media: PendingProbe<Result<bool, MediaError>>,
    redis: PendingProbe<Option<&'static str>>,
}

/// Warnings when ready, reasons when not.
type Readiness = Result<Vec<&'static str>, NotReady>;

/// Reasons why this process must not get requests.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", .0.join("; "))]
pub(crate) struct NotReady(pub(crate) Vec<&'static str>);

impl Refuse for NotReady {
    fn refusal(&self) -> Refusal {
        Refusal::unavailable(self)
    }
}

/// A check of a part that may hang, of which one runs at a time.
struct PendingProbe<T>(Option<JoinHandle<T>>);

impl<T> Default for PendingProbe<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T: Send + 'static> PendingProbe<T> {
    /// The result of the running check, or else of `ask`; `None` when it takes longer than
    /// `max_wait`. The check then goes on.
    async fn answer(
        &mut self,
        max_wait: Duration,
        ask: impl Future<Output = T> + Send + 'static,
    ) -> Option<T> {
        let open = self.0.get_or_insert_with(|| tokio::spawn(ask));
        let answer = timeout(max_wait, open).await.ok()?;
        self.0 = None;
        answer.ok()
    }
}

impl Health {
    /// Readiness of these parts.
    pub fn new(
        db: Database,
        media: MediaStore,
        clock: Arc<dyn Clock>,
        tokens: Arc<dyn AccessToken>,
        seckill: Seckill,
    ) -> Self {
        Self {
            draining: AtomicBool::new(false),
            parts: Parts {
                db,
                media,
                clock,
                tokens,
                seckill,
            },
            last: Mutex::default(),
        }
    }

    /// Makes the process not ready, for good: it is shutting down.
    pub(crate) fn drain(&self) {
        self.draining.store(true, Ordering::SeqCst);
    }

    /// Whether the process is shutting down.
    pub(crate) fn drains(&self) -> bool {
        self.draining.load(Ordering::SeqCst)
    }

    /// Warnings when ready, reasons when not; at most a second old. Concurrent calls share one
    /// result.
    pub(crate) async fn check(&self) -> Readiness {
        if self.drains() {
            return Err(NotReady(vec!["shutting down"]));
        }
        let mut last = self.last.lock().await;
        if let Some((at, answer)) = &last.answer
            && at.elapsed() < KEPT
        {
            return answer.clone();
        }
        let answer = last.ask(&self.parts).await;
        last.answer = Some((Instant::now(), answer.clone()));
        answer
    }
}

impl Last {
    async fn ask(&mut self, parts: &Parts) -> Readiness {
        let (db, media, seckill) = (parts.db.clone(), parts.media.clone(), parts.seckill.clone());
        let (database, media, redis) = futures::join!(
            (self.database).answer(TIMEOUT, async move { database_time(&db).await }),
            (self.media).answer(TIMEOUT, async move { media.check_marker().await }),
            (self.redis).answer(TIMEOUT, async move { seckill.warning().await }),
        );
        let mut reasons = Vec::new();
        let mut warnings = Vec::new();
        match database {
            Some(Ok(theirs)) => warnings.extend(skewed(theirs, parts.clock.now())),
            Some(Err(_)) | None => reasons.push("the database does not answer"),
        }
        // The folder's name is compared with a row.
        if reasons.is_empty() {
            reasons.extend(media_reason(media.as_ref()));
        }
        if parts.tokens.available().is_err() {
            reasons.push("revocations cannot be read");
        }
        // Every process has this Redis: were it a reason, the whole shop would be shut.
        warnings.extend(redis.unwrap_or(Some("Redis does not answer: no sale admits anybody")));
        if reasons.is_empty() {
            Ok(warnings)
        } else {
            Err(NotReady(reasons))
        }
    }
}

/// What is wrong with the media folder.
fn media_reason(answer: Option<&Result<bool, MediaError>>) -> Option<&'static str> {
    match answer {
        Some(Ok(true)) => None,
        Some(Err(MediaError::Database(_))) => Some("the database does not answer"),
        Some(Ok(false)) => Some("the media folder is not the one the database knows"),
        Some(Err(_)) => Some("the media folder cannot be read"),
        None => Some("the media folder does not answer"),
    }
}

/// The database's clock; asking it also proves that the schema's tables are there.
async fn database_time(db: &Database) -> Result<Option<Timestamp>, DbErr> {
    let now = match db.backend() {
        DatabaseBackend::Postgres => "CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)",
        DatabaseBackend::Sqlite => "CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)",
        _ => "CAST(UNIX_TIMESTAMP(NOW(3)) * 1000 AS SIGNED)",
    };
    let sql = format!("SELECT {now} AS now, (SELECT COUNT(*) FROM marker) AS markers");
    let statement = Statement::from_string(db.backend(), sql);
    let row = db.reader().query_one_raw(statement).await?;
    row.map(|row| row.try_get("", "now").map(Timestamp))
        .transpose()
}

fn skewed(theirs: Option<Timestamp>, ours: Timestamp) -> Option<&'static str> {
    let theirs = theirs?;
    let skew = theirs.since(ours).max(ours.since(theirs));
    (skew > SKEW).then(|| {
        tracing::warn!(
            skew_ms = u64::try_from(skew.as_millis()).unwrap_or(u64::MAX),
            "the database's clock differs from ours"
        );
        "the database's clock differs by more than a second"
    })
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicU32;

    use super::*;

    #[tokio::test]
    async fn a_part_that_hangs_is_asked_once_until_it_answers() {
        let asked = Arc::new(AtomicU32::new(0));
        let release = Arc::new(tokio::sync::Notify::new());
        let mut question = PendingProbe::default();
        let ask = || {
            let (asked, release) = (Arc::clone(&asked), Arc::clone(&release));
            async move {
                asked.fetch_add(1, Ordering::SeqCst);
                release.notified().await;
            }
        };

        let soon = Duration::from_millis(1);
        assert_eq!(question.answer(soon, ask()).await, None);
        assert_eq!(question.answer(soon, ask()).await, None);
        release.notify_one();
        assert_eq!(question.answer(TIMEOUT * 30, ask()).await, Some(()));
        assert_eq!(asked.load(Ordering::SeqCst), 1);
    }

    #[test]
    fn the_media_folder_is_blamed_for_its_own_faults_only() {
        let db = MediaError::Database(DbErr::Custom("locked".to_owned()));
        let disk = MediaError::Storage(std::io::Error::other("gone"));

        assert_eq!(media_reason(Some(&Ok(true))), None);
        let blamed = |answer: Option<&_>| media_reason(answer).unwrap_or_default();
        assert!(blamed(Some(&Err(db))).contains("database does not"));
        assert!(blamed(Some(&Ok(false))).contains("folder is not"));
        assert!(blamed(Some(&Err(disk))).contains("folder cannot"));
        assert!(blamed(None).contains("folder does not"));
    }
}
