//! Can this process answer?

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use sea_orm::{ConnectionTrait, DatabaseBackend, DbErr, Statement};
use stampede_kernel::{Clock, Timestamp};
use stampede_media::MediaStore;
use stampede_persistence::Database;
use stampede_user::{AccessToken, AuthError};

use crate::seckill::Seckill;

/// How long the database may take to answer.
const PATIENCE: Duration = Duration::from_secs(2);
/// How far the database's clock may be from ours before we warn.
const SKEW: Duration = Duration::from_secs(1);

/// What readiness looks at.
pub struct Health {
    draining: AtomicBool,
    db: Database,
    media: MediaStore,
    clock: Arc<dyn Clock>,
    tokens: Arc<dyn AccessToken>,
    seckill: Seckill,
}

/// Why no request should come here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NotReady(pub(crate) Vec<&'static str>);

impl Health {
    /// Looks at these.
    pub fn new(
        db: Database,
        media: MediaStore,
        clock: Arc<dyn Clock>,
        tokens: Arc<dyn AccessToken>,
        seckill: Seckill,
    ) -> Self {
        Self {
            draining: AtomicBool::new(false),
            db,
            media,
            clock,
            tokens,
            seckill,
        }
    }

    /// From now on no request should come here.
    pub(crate) fn drain(&self) {
        self.draining.store(true, Ordering::SeqCst);
    }

    /// Whether this process is about to end.
    pub(crate) fn drains(&self) -> bool {
        self.draining.load(Ordering::SeqCst)
    }

    /// Warnings when ready, reasons when not.
    pub(crate) async fn check(&self) -> Result<Vec<&'static str>, NotReady> {
        if self.drains() {
            return Err(NotReady(vec!["shutting down"]));
        }
        let mut reasons = Vec::new();
        let mut warnings = Vec::new();
        match tokio::time::timeout(PATIENCE, self.database_time()).await {
            Ok(Ok(theirs)) => warnings.extend(skewed(theirs, self.clock.now())),
            Ok(Err(_)) | Err(_) => reasons.push("the database does not answer"),
        }
        match tokio::time::timeout(PATIENCE, self.media.check_marker()).await {
            Ok(Ok(true)) => {}
            _ => reasons.push("the media folder is not the one the database knows"),
        }
        if self.tokens.verify("") == Err(AuthError::Blind) {
            reasons.push("revocations cannot be read");
        }
        // Every process has this Redis: were it a reason, the whole shop would be shut.
        warnings.extend(self.seckill.warning().await);
        if reasons.is_empty() {
            Ok(warnings)
        } else {
            Err(NotReady(reasons))
        }
    }

    /// The database's clock; asking it also proves that the schema's tables are there.
    async fn database_time(&self) -> Result<Option<Timestamp>, DbErr> {
        let now = match self.db.backend() {
            DatabaseBackend::Postgres => {
                "CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)"
            }
            DatabaseBackend::Sqlite => "CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)",
            _ => "CAST(UNIX_TIMESTAMP(NOW(3)) * 1000 AS SIGNED)",
        };
        let sql = format!("SELECT {now} AS now, (SELECT COUNT(*) FROM marker) AS markers");
        let statement = Statement::from_string(self.db.backend(), sql);
        let row = self.db.reader().query_one_raw(statement).await?;
        row.map(|row| row.try_get("", "now").map(Timestamp))
            .transpose()
    }
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
