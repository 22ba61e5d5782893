//! The audit that an admin asks for: one at a time over all processes, by a lease on one
//! row, which also keeps what the last one found.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, Condition, DbErr, EntityTrait, QueryFilter, UpdateMany};
use serde_json::{Value, json};
use stampede_kernel::{Clock, Timestamp, UserId};
use tokio::runtime::Handle;

use crate::audit_log::{self, AuditEntry};
use crate::entity::audit_run::{Column, Entity, Model};
use crate::{Database, DatabaseError, retrying};

/// How long a process may audit without a sign of life; another one may begin then.
const LEASE: Duration = Duration::from_mins(1);
/// How often the lease is renewed.
const RENEW_EVERY: Duration = Duration::from_secs(20);
/// The only row.
const ROW: i64 = 1;
/// Breaches that are kept: a broken shop may have a hundred thousand.
const BREACHES_KEPT: usize = 100;
/// Most characters of an error that are kept.
const ERROR_KEPT: usize = 1_000;

/// Audits the books of the whole shop: it asks every crate.
#[async_trait]
pub trait Auditor: Send + Sync {
    /// # Errors
    ///
    /// The reason why it could not check.
    async fn audit(&self) -> Result<AuditOutcome, String>;
}

/// Audits on demand, one at a time over all processes.
#[derive(Clone)]
pub struct Audits {
    db: Database,
    clock: Arc<dyn Clock>,
    auditor: Option<Arc<dyn Auditor>>,
    runtime: Handle,
}

impl Audits {
    /// Creates audits that run beside the requests, on the runtime that calls this.
    /// Without an auditor each ends with an error.
    pub fn new(db: Database, clock: Arc<dyn Clock>, auditor: Option<Arc<dyn Auditor>>) -> Self {
        Self {
            db,
            clock,
            auditor,
            runtime: Handle::current(),
        }
    }

    /// Begins an audit, unless one runs, and tells about the one that runs.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn start(&self, admin: UserId) -> Result<AuditRun, DatabaseError> {
        let now = self.clock.now();
        if let Some(run) = begin(&self.db, admin, now).await? {
            self.runtime.spawn(self.clone().run(run));
        }
        self.read().await
    }

    /// Tells about the audit that runs, and the last one that ended.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn read(&self) -> Result<AuditRun, DatabaseError> {
        Ok(read(&self.db, self.clock.now()).await?)
    }

    async fn run(self, run: i64) {
        let outcome = tokio::select! {
            outcome = self.audit() => outcome,
            () = self.hold(run) => return,
        };
        let finished = finish(&self.db, run, outcome, self.clock.now()).await;
        if let Err(error) = finished {
            tracing::error!(%error, "the result of an audit could not be kept");
        }
    }

    async fn audit(&self) -> Result<AuditOutcome, String> {
        let Some(auditor) = &self.auditor else {
            return Err("this process cannot audit".to_owned());
        };
        let shortened = |error: String| error.chars().take(ERROR_KEPT).collect::<String>();
        let mut found = auditor.audit().await.map_err(shortened)?;
        let breaches = found.report.get_mut("breaches");
        if let Some(breaches) = breaches.and_then(Value::as_array_mut) {
            breaches.truncate(BREACHES_KEPT);
        }
        Ok(found)
    }

    /// Renews the lease until it is lost.
    async fn hold(&self, run: i64) {
        loop {
            tokio::time::sleep(RENEW_EVERY).await;
            match renew(&self.db, run, self.clock.now()).await {
                Ok(true) => {}
                Ok(false) => return tracing::warn!("an audit lost its lease and was ended"),
                Err(error) => tracing::warn!(%error, "the lease of an audit is not renewed yet"),
            }
        }
    }
}

impl std::fmt::Debug for Audits {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Audits").finish_non_exhaustive()
    }
}

/// The audit that runs, if one does, and the last one that ended.
#[derive(Debug, Clone, PartialEq)]
pub struct AuditRun {
    /// Whether a process audits now.
    pub running: bool,
    /// When the last one began.
    pub started_at: Option<Timestamp>,
    /// The last one that ended.
    pub last: Option<LastAudit>,
}

/// An audit that ended.
#[derive(Debug, Clone, PartialEq)]
pub struct LastAudit {
    /// When it ended.
    pub at: Timestamp,
    /// What it found, or why it could not check.
    pub outcome: Result<AuditOutcome, String>,
}

/// What an audit found.
#[derive(Debug, Clone, PartialEq)]
pub struct AuditOutcome {
    /// Whether it found nothing.
    pub clean: bool,
    /// The object that `stampede audit --json` prints.
    pub report: Value,
}

/// Begins an audit, unless one runs. Returns its number, which is needed to end it.
///
/// # Errors
///
/// When the database fails; nothing has begun then.
pub async fn begin(db: &Database, admin: UserId, now: Timestamp) -> Result<Option<i64>, DbErr> {
    retrying(|| begin_once(db, admin, now)).await
}

async fn begin_once(db: &Database, admin: UserId, now: Timestamp) -> Result<Option<i64>, DbErr> {
    let tx = db.begin_write().await?;
    let free = Condition::any()
        .add(Column::LeasedUntil.is_null())
        .add(Column::LeasedUntil.lte(now));
    let taken = Entity::update_many()
        .col_expr(Column::Runs, Expr::col(Column::Runs).add(1))
        .col_expr(Column::LeasedUntil, Expr::value(now.plus(LEASE)))
        .col_expr(Column::StartedAt, Expr::value(now))
        .filter(Column::Id.eq(ROW))
        .filter(free)
        .exec(&tx)
        .await?;
    if taken.rows_affected == 0 {
        tx.rollback().await?;
        return Ok(None);
    }
    let act = AuditEntry {
        actor: Some(admin),
        action: "audit.run",
        target: "shop".to_owned(),
        detail: json!({}).to_string(),
    };
    audit_log::write(&tx, act, now).await?;
    let row = Entity::find_by_id(ROW).one(&tx).await?;
    tx.commit().await?;
    Ok(row.map(|row| row.runs))
}

/// Renews the lease of an audit. Returns false when it was lost: another audit may run.
///
/// # Errors
///
/// When the database fails.
pub async fn renew(db: &Database, run: i64, now: Timestamp) -> Result<bool, DbErr> {
    let renewed = own(run).col_expr(Column::LeasedUntil, Expr::value(now.plus(LEASE)));
    write(db, renewed).await
}

/// Ends an audit and keeps its result. Returns false when its lease was lost to another
/// one, whose result counts.
///
/// # Errors
///
/// When the database fails.
pub async fn finish(
    db: &Database,
    run: i64,
    outcome: Result<AuditOutcome, String>,
    now: Timestamp,
) -> Result<bool, DbErr> {
    let (found, error) = match outcome {
        Ok(found) => (Some(found), None),
        Err(error) => (None, Some(error)),
    };
    let clean = found.as_ref().map(|found| found.clean);
    let report = found.map(|found| found.report.to_string());
    let ended = own(run)
        .col_expr(Column::LeasedUntil, Expr::value(None::<i64>))
        .col_expr(Column::FinishedAt, Expr::value(now))
        .col_expr(Column::Clean, Expr::value(clean))
        .col_expr(Column::Report, Expr::value(report))
        .col_expr(Column::Error, Expr::value(error));
    write(db, ended).await
}

/// Reads the audit that runs, and the last one that ended.
///
/// # Errors
///
/// When the database fails.
pub async fn read(db: &Database, now: Timestamp) -> Result<AuditRun, DbErr> {
    let row = Entity::find_by_id(ROW).one(db.reader()).await?;
    let row = row.ok_or_else(|| DbErr::RecordNotFound("audit_run".to_owned()))?;
    Ok(AuditRun {
        running: row.leased_until.is_some_and(|until| until > now),
        started_at: row.started_at,
        last: last(row)?,
    })
}

fn last(row: Model) -> Result<Option<LastAudit>, DbErr> {
    let Some(at) = row.finished_at else {
        return Ok(None);
    };
    let outcome = match (row.clean, row.report) {
        (Some(clean), Some(report)) => {
            let report = serde_json::from_str(&report);
            let report = report.map_err(|error| DbErr::Json(error.to_string()))?;
            Ok(AuditOutcome { clean, report })
        }
        _ => Err(row.error.unwrap_or_default()),
    };
    Ok(Some(LastAudit { at, outcome }))
}

/// The row, as long as this run holds it.
fn own(run: i64) -> UpdateMany<Entity> {
    Entity::update_many()
        .filter(Column::Id.eq(ROW))
        .filter(Column::Runs.eq(run))
        .filter(Column::LeasedUntil.is_not_null())
}

async fn write(db: &Database, update: UpdateMany<Entity>) -> Result<bool, DbErr> {
    retrying(async || {
        let tx = db.begin_write().await?;
        let written = update.clone().exec(&tx).await?;
        tx.commit().await?;
        Ok(written.rows_affected == 1)
    })
    .await
}
