//! `stampede jobs`

use clap::{Args, Subcommand};
use secrecy::ExposeSecret;
use stampede_kernel::{Clock, Cursor, PageSize, SystemClock, Timestamp};
use stampede_persistence::job::{self, Job, JobState};
use stampede_persistence::{Database, Pool};

use super::{CommandError, existing, failed, say};
use stampede_settings::Settings;

/// Rows that one query reads.
const PAGE: u64 = 100;

/// Lists jobs that are not done, newest first.
#[derive(Debug, Args)]
#[command(
    args_conflicts_with_subcommands = true,
    after_help = "\
Examples:
  stampede jobs                 all jobs that are not done
  stampede jobs --parked        parked jobs, each with its last error
  stampede jobs retry 42        one job
  stampede jobs retry --all     all parked jobs

The shop may be open; its workers run a retried job within a second."
)]
pub(super) struct Jobs {
    /// List only jobs that have failed for good (parked jobs).
    #[arg(long)]
    parked: bool,
    #[command(subcommand)]
    act: Option<Act>,
}

/// The subcommands of `jobs`.
#[derive(Debug, Subcommand)]
enum Act {
    /// Runs a waiting or parked job now, or all parked jobs.
    Retry(Which),
}

/// One job, or all parked jobs.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
struct Which {
    /// Id of the job.
    id: Option<i64>,
    /// Retry all parked jobs.
    #[arg(long)]
    all: bool,
}

pub(super) async fn run(what: Jobs, settings: &Settings) -> Result<(), CommandError> {
    let url = settings.database.url.expose_secret();
    let now = SystemClock.now();
    let looked = existing(settings).await?;
    let Some(act) = what.act else {
        let listed = list(&looked, what.parked, now).await;
        return listed.and(looked.close().await.map_err(failed));
    };
    looked.close().await.map_err(failed)?;
    let db = Database::connect(url, Pool::default())
        .await
        .map_err(failed)?;
    let retried = retry(&db, act, now).await;
    retried.and(db.close().await.map_err(failed))
}

async fn retry(db: &Database, act: Act, now: Timestamp) -> Result<(), CommandError> {
    let Act::Retry(Which { id, .. }) = act;
    if let Some(id) = id {
        let job = job::retry(db, None, id, now).await.map_err(failed)?;
        say(&line(&job));
    } else {
        let count = job::retry_all(db, None, now).await.map_err(failed)?;
        say(&format!("{count} jobs are due now"));
    }
    Ok(())
}

async fn list(db: &Database, parked: bool, now: Timestamp) -> Result<(), CommandError> {
    let size = PageSize::new(PAGE).map_err(failed)?;
    let parked = parked.then_some(true);
    let mut cursor: Option<Cursor> = None;
    say("ID          STATE    KIND              ATTEMPTS  RUNS AT                   LAST ERROR");
    loop {
        let page = job::list(db, parked, size, cursor.as_ref(), now).await;
        let page = page.map_err(failed)?;
        for job in &page.items {
            say(&line(job));
        }
        cursor = page.next;
        if cursor.is_none() {
            return Ok(());
        }
    }
}

fn line(job: &Job) -> String {
    let state = match job.state {
        JobState::Waiting => "waiting",
        JobState::Running => "running",
        JobState::Parked => "parked",
    };
    let at = job.parked_at.unwrap_or(job.run_at).to_rfc3339();
    let error = job.last_error.as_deref().unwrap_or("-");
    let (id, kind, attempts) = (job.id, &job.kind, job.attempts);
    format!("{id:<11} {state:<8} {kind:<17} {attempts:<9} {at:<25} {error}")
}
